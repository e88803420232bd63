import { isDeeperThan } from '../../formats/json'

/**
 * In bytes of JSON, assumed. Segment's own limit for a call is 32 KB, counted before it adds IDs and times and a batch's
 * context. With that limit here, Astrolabe would reject calls that Segment has accepted.
 */
export const MAX_MESSAGE_BYTES = 36 * 1024

/** Of a request: a batch, or a message with its white space. */
export const MAX_BODY_BYTES = 4 * 1024 * 1024

/** Far beyond any real message, and well below the thousands of levels at which `JSON.stringify` runs out of stack. */
const MAX_DEPTH = 1000

/** Each level has two brackets, so that shorter JSON needs no look at its depth. */
const MIN_DEEP_LENGTH = 2 * MAX_DEPTH

/** The longest UTF-8 form of a UTF-16 code unit, so that shorter JSON needs no count of its bytes. */
const MAX_BYTES_PER_UNIT = 3

const TOO_DEEP = { error: `The message is nested deeper than ${MAX_DEPTH} levels` }
const TOO_LARGE = { error: `The message is larger than ${MAX_MESSAGE_BYTES / 1024} KB` }

/**
 * Measures a message by its JSON without white space, so that the limit is the same in a request of its own and in a batch.
 *
 * @param message any parsed JSON, or `undefined` from a request without a body
 * @returns that JSON, or why the message is too large
 */
export function measure(message: unknown): { text: string } | { error: string } {
  const text = stringify(message)
  if (text === undefined || (text.length > MIN_DEEP_LENGTH && isDeeperThan(MAX_DEPTH, message))) {
    return TOO_DEEP
  }
  const isLarge = text.length * MAX_BYTES_PER_UNIT > MAX_MESSAGE_BYTES && Buffer.byteLength(text) > MAX_MESSAGE_BYTES
  return isLarge ? TOO_LARGE : { text }
}

/** Returns nothing if the message is nested so deeply that the stack overflows. */
function stringify(message: unknown): string | undefined {
  try {
    // `String`, as `undefined` has no JSON.
    return String(JSON.stringify(message))
  } catch (error) {
    if (error instanceof RangeError) {
      return undefined
    }
    throw error
  }
}
