import { syntaxTree } from '@codemirror/language'
import type { Diagnostic } from '@codemirror/lint'
import type { EditorView } from '@codemirror/view'
import type { Json } from '../../server/api'
import { propertiesOf } from './json-tree'
import { specProblems } from './spec-problems'

/** Errors by Segment's Spec, each at its line. The syntax has a linter of its own. */
export function lintAgainstSpec({ state }: EditorView): Diagnostic[] {
  const text = state.doc.toString()
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch {
    return []
  }
  const root = syntaxTree(state).topNode.firstChild
  const events = Array.isArray(value) ? value : [value]
  const nodes = root?.name === 'Array' ? root.getChildren('Object') : [root]
  return events.flatMap((event, index) => {
    const node = nodes[index]
    if (!node) {
      return []
    }
    const properties = propertiesOf(node, state)
    return specProblems(event).map(({ field, severity, message }) => {
      const at = properties.find(({ name }) => name === field)?.node
      return at
        ? { from: at.from, to: at.to, severity, message }
        : { from: node.from, to: Math.min(node.to, node.from + 1), severity, message }
    })
  })
}
