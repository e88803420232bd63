import type { EditorState } from '@codemirror/state'
import type { SyntaxNode } from '@lezer/common'

/** The properties of an object in the text, with their names. */
export function propertiesOf(object: SyntaxNode, state: EditorState): { name: string; node: SyntaxNode }[] {
  return object.getChildren('Property').map((node) => ({ name: nameOf(node, state), node }))
}

/** The property at a path in an object, or the innermost one on the way there. */
export function nodeAt(object: SyntaxNode, path: string[], state: EditorState): SyntaxNode {
  const [name, ...rest] = path
  const property = propertiesOf(object, state).find((candidate) => candidate.name === name)?.node
  if (property === undefined) {
    return object
  }
  const value = property.getChild('Object')
  return value && rest.length > 0 ? nodeAt(value, rest, state) : property
}

/** The names from the event's root to the object that holds the position: `['context', 'page']`. */
export function pathAt(node: SyntaxNode, state: EditorState): string[] {
  const path: string[] = []
  for (let at: SyntaxNode | null = node; at; at = at.parent) {
    if (at.name === 'Property' && at !== node) {
      path.unshift(nameOf(at, state))
    }
  }
  return path
}

/** The object at a position, and the event around it. */
export function objectsAt(node: SyntaxNode): { object?: SyntaxNode; event?: SyntaxNode } {
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
