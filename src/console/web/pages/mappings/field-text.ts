import type { Json } from '../../../server/api'

/**
 * A field's mapping as one line of text: `$.userId` is a path in the event, `{…}` is a directive or an object, and
 * anything else is a literal.
 */
export function textOfField(value: Json | undefined): string {
  if (value === undefined) {
    return ''
  }
  if (isPath(value)) {
    return value['@path']
  }
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** The opposite. `undefined` leaves the field out. */
export function fieldOfText(text: string): Json | undefined {
  const trimmed = text.trim()
  if (trimmed === '') {
    return undefined
  }
  if (trimmed === '$' || trimmed.startsWith('$.')) {
    return { '@path': trimmed }
  }
  if (trimmed.startsWith('{') || trimmed.startsWith('[')) {
    try {
      return JSON.parse(trimmed) as Json
    } catch {
      // Not JSON yet: a literal until it is.
    }
  }
  return text
}

function isPath(value: Json): value is { '@path': string } {
  return (
    value !== null &&
    typeof value === 'object' &&
    !Array.isArray(value) &&
    Object.keys(value).length === 1 &&
    typeof value['@path'] === 'string'
  )
}
