import { syntaxTree } from '@codemirror/language'
import type { Diagnostic } from '@codemirror/lint'
import type { EditorView } from '@codemirror/view'
import type { Json } from '../../server/api'
import { checkEvent } from '../../../source/spec'
import { nodeAt } from './json-tree'

/** Errors by Segment's Spec, each at its line. The syntax has a linter of its own. */
export function lintAgainstSpec({ state }: EditorView): Diagnostic[] {
  let value: Json
  try {
    value = JSON.parse(state.doc.toString()) as Json
  } catch {
    return []
  }
  const root = syntaxTree(state).topNode.firstChild
  const events = Array.isArray(value) ? value : [value]
  const nodes = root?.name === 'Array' ? root.getChildren('Object') : [root]
  return events.flatMap((event, index) => {
    const object = nodes[index]
    return object
      ? checkEvent(event).map(({ path, severity, message }) => {
          const node = nodeAt(object, path, state)
          // A problem of the whole event is shown at its first line.
          const to = node === object ? Math.min(node.to, node.from + 1) : node.to
          return { from: node.from, to, severity, message }
        })
      : []
  })
}
