import { hash } from 'node:crypto'

/** An object or an array without its contents, and one reference to a value, in bytes of V8's heap. */
const CONTAINER = 64
const REFERENCE = 16

/**
 * The approximate bytes of a value in memory, for any parsed JSON of at most 1,000 levels. Its text would be the
 * wrong measure: `{}` has 2 characters.
 */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') {
    return REFERENCE + value.length
  }
  if (typeof value !== 'object' || value === null) {
    return REFERENCE
  }
  let bytes = CONTAINER
  for (const [key, item] of Object.entries(value)) {
    bytes += (Array.isArray(value) ? 0 : key.length) + sizeOf(item)
  }
  return bytes
}

/**
 * Tells IDs apart in little memory, as an ID can be as long as a message. V8 copies 12 characters; more would hold on to
 * the whole digest.
 */
export function fingerprint(id: string): string {
  return id.length <= MAX_PLAIN_ID ? id : hash('sha256', id, 'binary').slice(0, 12)
}

/** As long as a UUID, which most IDs are: it takes about as much memory as its digest, and less time. */
const MAX_PLAIN_ID = 36
