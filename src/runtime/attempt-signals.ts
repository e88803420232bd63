import { noticeCutResponses } from './cut-responses'

/** Milliseconds for one attempt. Destinations should set shorter timeouts of their own. */
const ATTEMPT_TIMEOUT = 60_000

/** A signal for each attempt would cost a tenth of a single event. One for ever would grow in Node 20 with each request. */
const ATTEMPTS_PER_SIGNAL = 100

/** Made once: by default, each abort makes a DOMException with a stack, which costs more than routing an event. */
const ENDED = new Error('The attempt has ended.')

const TIMED_OUT = 'The attempt took longer than a minute.'

/** The signals that the platform gives to a destination, for attempts one after the other. */
export class AttemptSignals {
  private controller = new AbortController()
  private attempts = 0
  private hasFailed = false

  /**
   * Runs an attempt with a signal. The signal is aborted after a minute, and at the end of an attempt that failed.
   * Otherwise a response that timed out halfway would leave its connection open, and the process running.
   */
  async run<T>(attempt: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.attempts === ATTEMPTS_PER_SIGNAL) {
      this.replace()
    }
    this.attempts++
    const { controller } = this
    // Cheaper than `AbortSignal.timeout` and `any`. The framework tells a timeout by the name of the reason.
    const timer = setTimeout(
      () => controller.abort(new DOMException(TIMED_OUT, 'TimeoutError')),
      ATTEMPT_TIMEOUT
    ).unref()
    try {
      return await noticeCutResponses(() => attempt(controller.signal))
    } catch (error) {
      this.hasFailed = true
      throw error
    } finally {
      clearTimeout(timer)
      if (this.hasFailed || controller.signal.aborted) {
        controller.abort(ENDED)
        this.replace()
      }
    }
  }

  /** A request of the attempt failed, even if the attempt as a whole will not. */
  fail(): void {
    this.hasFailed = true
  }

  private replace(): void {
    this.controller = new AbortController()
    this.attempts = 0
    this.hasFailed = false
  }
}
