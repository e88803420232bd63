/** Milliseconds for one attempt: far more than a destination needs that sets its own timeouts, as it should. */
const ATTEMPT_TIMEOUT = 60_000

/** Made once: by default, each abort makes a DOMException with a stack, which costs more than routing an event. */
const ENDED = new Error('The attempt has ended.')

/**
 * Runs one attempt with the signal that the platform gives to a destination. It is aborted after a minute, and at the end
 * of the attempt: the request client leaves the connection of a response open that timed out halfway, which would keep the
 * process from ending.
 */
export async function attemptWithSignal<T>(attempt: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const end = new AbortController()
  try {
    return await attempt(AbortSignal.any([end.signal, AbortSignal.timeout(ATTEMPT_TIMEOUT)]))
  } finally {
    end.abort(ENDED)
  }
}
