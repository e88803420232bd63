/** How often Segment's platform sends an event again. */
export const RETRIES = 5

/** Milliseconds before the second attempt, up to twice as many (jitter). Each further wait is about twice as long. */
const FIRST_WAIT = 1000

/** The longest wait between two attempts in milliseconds, unless `Retry-After` asks for more. */
const MAX_WAIT = 30_000

/** The longest `Retry-After` to wait for, in milliseconds. */
export const MAX_RETRY_AFTER = 60 * 60_000

/**
 * Whether and when to try again: exponential backoff with jitter, and no sooner than the response asks.
 *
 * @param attempts made so far
 * @param retryAfter milliseconds that the response asks to wait; 0 if it does not
 * @param retries how many more attempts may follow the first
 * @returns milliseconds until the next attempt, or undefined if there is none
 */
export function nextWait(attempts: number, retryAfter = 0, retries = RETRIES): number | undefined {
  if (attempts > retries || retryAfter > MAX_RETRY_AFTER) {
    return undefined
  }
  const backoff = Math.min(Math.round((1 + Math.random()) * FIRST_WAIT * 2 ** (attempts - 1)), MAX_WAIT)
  return Math.max(backoff, retryAfter)
}

/**
 * How long a `Retry-After` header asks to wait, in milliseconds: it holds seconds or an HTTP date (RFC 9110, 10.2.3).
 * 0 if it holds neither, or a date that has passed.
 */
export function parseRetryAfter(header: string | null | undefined, now = Date.now()): number {
  if (!header) {
    return 0
  }
  const milliseconds = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now
  return milliseconds > 0 ? milliseconds : 0
}
