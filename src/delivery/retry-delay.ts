const FIRST = 1000
const LONGEST = 30_000

/**
 * Exponential backoff with full jitter on top: 1 to 2 s before the second attempt, then twice as long each time, at most
 * 30 s.
 *
 * @param attempts so far, at least 1
 * @param retryAfter how long the receiver asks to wait, in ms
 * @returns milliseconds
 */
export function retryDelay(attempts: number, retryAfter = 0): number {
  const backoff = FIRST * 2 ** (attempts - 1) * (1 + Math.random())
  return Math.max(retryAfter, Math.min(LONGEST, backoff))
}
