import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { syntaxTree } from '@codemirror/language'
import type { EditorState } from '@codemirror/state'
import type { SyntaxNode } from '@lezer/common'
import { SPEC_CALLS } from '../../../source/spec'
import type { SpecField } from '../../../source/spec'
import { objectsAt, pathAt, propertiesOf } from './json-tree'

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
