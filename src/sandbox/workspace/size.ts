import { createHash } from 'node:crypto'

/** An object or an array without its contents, and one reference to a value, in bytes of V8's heap. */
const CONTAINER = 64
const REFERENCE = 16

/** The length of a SHA-256 in base64. */
const DIGEST_LENGTH = 44

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

/** Tells IDs apart in little memory: a longer ID is replaced by its SHA-256. */
export function fingerprint(id: string): string {
  return id.length < DIGEST_LENGTH ? id : createHash('sha256').update(id).digest('base64')
}
