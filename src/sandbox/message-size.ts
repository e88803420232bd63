/** Segment's own limit for a message, in bytes of JSON. The contract takes it over as an assumption. */
export const MAX_MESSAGE_BYTES = 32 * 1024

/** Far beyond any real message, and well below the thousands of levels at which `JSON.stringify` runs out of stack. */
const MAX_DEPTH = 1000

/**
 * Says why a message is too large to be taken, or nothing if it isn't.
 *
 * @param message any parsed JSON, or `undefined` from a request without a body; its size is that of its JSON without
 *   white space
 */
export function oversizeOf(message: unknown): string | undefined {
  if (isDeeperThan(MAX_DEPTH, message)) {
    return `The message is nested deeper than ${MAX_DEPTH} levels`
  }
  // `String`, as `undefined` has no JSON.
  const bytes = Buffer.byteLength(String(JSON.stringify(message)))
  return bytes > MAX_MESSAGE_BYTES ? `The message is larger than ${MAX_MESSAGE_BYTES / 1024} KB` : undefined
}

/** Goes down level by level, as a message that nests deeply enough would overflow the stack of a recursive function. */
function isDeeperThan(limit: number, value: unknown): boolean {
  let level = containersIn([value])
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > limit) {
      return true
    }
    level = level.flatMap((container) => containersIn(Object.values(container)))
  }
  return false
}

function containersIn(values: unknown[]): object[] {
  return values.filter((value): value is object => typeof value === 'object' && value !== null)
}
