import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { syntaxTree } from '@codemirror/language'
import type { Diagnostic } from '@codemirror/lint'
import type { EditorState } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import type { SyntaxNode } from '@lezer/common'
import { checkEvent, SPEC_CALLS } from '../../../../source/spec'
import type { SpecField } from '../../../../source/spec'
import type { Json } from '../../../server/api'

/** Completes the names of the Spec's fields, and the values of `type`. */
export function completeFromSpec(context: CompletionContext): CompletionResult | null {
  const { state, pos } = context
  const node = syntaxTree(state).resolveInner(pos, -1)
  const { object, event } = objectsAt(node)
  const word = context.matchBefore(/"?[\w]*/)
  if (object === undefined || event === undefined || word === null || (word.from === word.to && !context.explicit)) {
    return null
  }
  const property = node.name === 'Property' ? node : node.parent?.name === 'Property' ? node.parent : undefined
  if (property && node.name === 'String' && propertiesOf(object, state).some(({ name }) => name === 'type')) {
    return nameBefore(node, state) === 'type'
      ? result(
          word.from,
          pos,
          state,
          SPEC_CALLS.map(({ type }) => typeCompletion(type))
        )
      : null
  }
  if (node.name === 'String') {
    return null
  }
  const taken = new Set(propertiesOf(object, state).map(({ name }) => name))
  const path = pathAt(object, state)
  const type = textOf(event, 'type', state)
  const spec = SPEC_CALLS.find((call) => call.type === type) ?? SPEC_CALLS[0]
  const [parent, ...deeper] = path
  const fields = parent === undefined ? spec?.fields : deeper.length === 0 ? spec?.children[parent] : []
  return result(word.from, pos, state, (fields ?? []).filter(({ name }) => !taken.has(name)).map(fieldCompletion))
}

function result(from: number, pos: number, state: EditorState, options: Completion[]): CompletionResult | null {
  // A closing quote that the editor has added is replaced along with the word.
  const to = state.sliceDoc(pos, pos + 1) === '"' ? pos + 1 : pos
  return options.length === 0 ? null : { from, to, options, filter: true, validFor: /^"?\w*$/ }
}

function fieldCompletion({ name, type, description }: SpecField): Completion {
  const value = { object: '{}', string: '""', date: '""', number: '0', boolean: 'true', any: 'null' }[type]
  return { label: `"${name}"`, detail: type, info: description, type: 'property', apply: `"${name}": ${value}` }
}

function typeCompletion(type: string): Completion {
  return { label: `"${type}"`, type: 'constant' }
}

function nameBefore(node: SyntaxNode, state: EditorState): string | undefined {
  const name = node.parent?.getChild('PropertyName')
  return name ? state.sliceDoc(name.from + 1, name.to - 1) : undefined
}

function textOf(object: SyntaxNode, name: string, state: EditorState): string | undefined {
  const value = propertiesOf(object, state)
    .find((property) => property.name === name)
    ?.node.getChild('String')
  return value ? state.sliceDoc(value.from + 1, value.to - 1) : undefined
}

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

/** The properties of an object in the text, with their names. */
function propertiesOf(object: SyntaxNode, state: EditorState): { name: string; node: SyntaxNode }[] {
  return object.getChildren('Property').map((node) => ({ name: nameOf(node, state), node }))
}

/** The property at a path in an object, or the innermost one on the way there. */
function nodeAt(object: SyntaxNode, path: string[], state: EditorState): SyntaxNode {
  const [name, ...rest] = path
  const property = propertiesOf(object, state).find((candidate) => candidate.name === name)?.node
  if (property === undefined) {
    return object
  }
  const value = property.getChild('Object')
  return value && rest.length > 0 ? nodeAt(value, rest, state) : property
}

/** The names from the event's root to the object that holds the position: `['context', 'page']`. */
function pathAt(node: SyntaxNode, state: EditorState): string[] {
  const path: string[] = []
  for (let at: SyntaxNode | null = node; at; at = at.parent) {
    if (at.name === 'Property' && at !== node) {
      path.unshift(nameOf(at, state))
    }
  }
  return path
}

/** The object at a position, and the event around it. */
function objectsAt(node: SyntaxNode): { object?: SyntaxNode; event?: SyntaxNode } {
  let object: SyntaxNode | undefined
  let event: SyntaxNode | undefined
  for (let at: SyntaxNode | null = node; at; at = at.parent) {
    if (at.name === 'Object') {
      object ??= at
      event = at
    }
  }
  return { object, event }
}

function nameOf(property: SyntaxNode, state: EditorState): string {
  const name = property.getChild('PropertyName')
  return name ? state.sliceDoc(name.from + 1, name.to - 1) : ''
}
