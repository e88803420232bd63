/** Milliseconds for one attempt. Destinations should set shorter timeouts of their own. */
const ATTEMPT_TIMEOUT = 60_000

/** Made once: by default, each abort makes a DOMException with a stack, which costs more than routing an event. */
const ENDED = new Error('The attempt has ended.')

const TIMED_OUT = 'The attempt took longer than a minute.'

/**
 * Runs one attempt with the signal that the platform gives to a destination. It is aborted after a minute, and at the end
 * of the attempt. Otherwise a response that timed out halfway would leave its connection open, and the process running.
 */
export async function attemptWithSignal<T>(attempt: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  // Cheaper than `AbortSignal.timeout` and `any`. The framework tells a timeout by the name of the reason.
  const timer = setTimeout(() => controller.abort(new DOMException(TIMED_OUT, 'TimeoutError')), ATTEMPT_TIMEOUT).unref()
  try {
    return await attempt(controller.signal)
  } finally {
    clearTimeout(timer)
    controller.abort(ENDED)
  }
}
