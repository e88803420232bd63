import { setTimeout as sleep } from 'node:timers/promises'
import pRetry from 'p-retry'
import { isWorthAnotherTry } from './worth-another-try'

export interface RetryOptions {
  /** How often something is tried again at most, after the first time. */
  retries: number
  /** Milliseconds before the second try, up to twice as many (jitter). Each wait after is about twice as long. */
  minTimeout: number
  /** Milliseconds between two tries at most. */
  maxTimeout: number
  /** Milliseconds that the other end may ask to wait. Where it asks for more, there is no further try. */
  maxRetryAfter: number
  /** Waits as long as the other end asks for, in milliseconds. */
  wait: (milliseconds: number) => Promise<unknown>
}

export const DEFAULT_RETRY: RetryOptions = {
  retries: 5,
  minTimeout: 1000,
  maxTimeout: 30_000,
  maxRetryAfter: 5 * 60_000,
  wait: (milliseconds) => sleep(milliseconds)
}

/**
 * Tries again what Segment's platform would send again, with exponential backoff. `Retry-After` is honoured, which the
 * platform does not do.
 *
 * @param retryAfter how long the answer to the last try asks to wait, in milliseconds
 * @throws the error of the last try
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  retryAfter: () => number,
  { wait, maxRetryAfter, ...backoff }: RetryOptions
): Promise<T> {
  return pRetry(attempt, {
    ...backoff,
    randomize: true,
    shouldRetry: async ({ error }) => {
      const delay = retryAfter()
      if (!isWorthAnotherTry(error) || delay > maxRetryAfter) {
        return false
      }
      await wait(delay)
      return true
    }
  })
}
