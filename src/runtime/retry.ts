import { setTimeout as sleep } from 'node:timers/promises'
import pRetry from 'p-retry'
import { isRetryable } from './retryable'

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
  wait: (milliseconds: number, signal?: AbortSignal) => Promise<unknown>
  /** Once it is aborted nothing is waited for and nothing tried again. */
  signal?: AbortSignal
}

export const DEFAULT_RETRY: RetryOptions = {
  retries: 5,
  minTimeout: 1000,
  maxTimeout: 30_000,
  maxRetryAfter: 5 * 60_000,
  wait: (milliseconds, signal) => sleep(milliseconds, undefined, { signal })
}

/**
 * Tries again what Segment's platform would send again, with exponential backoff. `Retry-After` is honoured, which the
 * platform does not do.
 *
 * @param retryAfter how long the answer to the last try asks to wait, in milliseconds
 * @param onRetry called before each wait for another try, with the error of the last
 * @throws the error of the last try
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  retryAfter: () => number,
  { wait, maxRetryAfter, signal, ...backoff }: RetryOptions,
  onRetry: (error: Error) => void = () => undefined
): Promise<T> {
  if (signal?.aborted) {
    return attempt()
  }
  // What the last try came to. Where the signal cuts short what comes after it, that still counts.
  let settled: Promise<T> | undefined
  return pRetry(() => (settled = attempt()), {
    ...backoff,
    signal,
    randomize: true,
    shouldRetry: async ({ error }) => {
      const delay = retryAfter()
      if (!isRetryable(error) || delay > maxRetryAfter) {
        return false
      }
      onRetry(error)
      await wait(delay, signal)
      return true
    }
  }).catch((error: unknown) => {
    if (settled && signal?.aborted) {
      return settled
    }
    throw error
  })
}
