export interface RetryOptions {
  /** How many more attempts may follow the first. */
  retries: number
  /** Milliseconds before the second attempt, up to twice as many (jitter). Each further wait is about twice as long. */
  minTimeout: number
  /** The longest wait between two attempts in milliseconds, unless `Retry-After` asks for more. */
  maxTimeout: number
  /** The longest `Retry-After` to wait for in milliseconds. If it asks for more, there is no further attempt. */
  maxRetryAfter: number
}

export const DEFAULT_RETRY: RetryOptions = {
  retries: 5,
  minTimeout: 1000,
  maxTimeout: 30_000,
  maxRetryAfter: 5 * 60_000
}

/** Milliseconds to wait before the next attempt, with exponential backoff and jitter. `attempts`: made so far. */
export function backoff(attempts: number, { minTimeout, maxTimeout }: RetryOptions): number {
  return Math.min(Math.round((1 + Math.random()) * minTimeout * 2 ** (attempts - 1)), maxTimeout)
}

/**
 * How long a `Retry-After` header asks to wait, in milliseconds: it holds seconds or an HTTP date (RFC 9110, 10.2.3).
 * 0 if it holds neither, or a date that has passed.
 */
export function retryAfter(header: string | null | undefined, now = Date.now()): number {
  if (!header) {
    return 0
  }
  const milliseconds = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now
  return milliseconds > 0 ? milliseconds : 0
}
