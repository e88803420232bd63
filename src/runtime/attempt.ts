/** Milliseconds for one attempt: far more than a destination takes that sets its own timeouts, as it should. */
const LIMIT = 60_000

/**
 * Runs one attempt with the signal that the platform gives to a destination. It is aborted after a minute, and also when
 * the attempt is over: the request client leaves the connection of an answer that timed out halfway open for as long as
 * the other end does, which would keep the process from ending.
 */
export async function attemptWithSignal<T>(attempt: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const over = new AbortController()
  try {
    return await attempt(AbortSignal.any([over.signal, AbortSignal.timeout(LIMIT)]))
  } finally {
    over.abort()
  }
}
