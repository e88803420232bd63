import { MAX_RETRY_AFTER } from '../runtime'
import type { AttemptResult } from '../runtime'
import { AdaptiveConcurrency } from './concurrency'
import { Pace } from './pace'

/** Statuses of a receiver that has too much to do. No status at all is a timeout or a broken connection. */
const OVERLOAD_STATUSES: readonly (number | undefined)[] = [408, 429, 503, 504]

/** Decides when the next request may start: concurrency, rate and `Retry-After`. All times are in milliseconds. */
export class Throttle {
  inFlight = 0
  /** Until when the receiver asked to send nothing. */
  pausedUntil = -Infinity
  private pausedSince = -Infinity
  private concurrency: AdaptiveConcurrency
  private pace: Pace

  /**
   * @param limits.concurrency requests in flight at most
   * @param limits.rate events per second at most
   */
  constructor(private readonly limits: { concurrency: number; rate?: number }) {
    this.concurrency = new AdaptiveConcurrency(limits.concurrency)
    this.pace = new Pace(limits.rate)
  }

  get limit(): number {
    return this.concurrency.limit
  }

  /** While the receiver asks to wait: for how long it has, and does from now on. */
  pause(now: number): { elapsed: number; left: number } | undefined {
    return now < this.pausedUntil ? { elapsed: now - this.pausedSince, left: this.pausedUntil - now } : undefined
  }

  /** @returns how long the next request has to wait; `Infinity` until one in flight has finished */
  delay(now: number): number {
    return this.inFlight >= this.limit ? Infinity : Math.max(0, this.pausedUntil - now, this.pace.delay(now))
  }

  start(events: number, now: number): void {
    this.inFlight++
    this.pace.start(events, now)
  }

  /** The receiver works again after an outage: what was learnt about its load no longer holds. */
  restart(): void {
    this.concurrency = new AdaptiveConcurrency(this.limits.concurrency)
    this.pace = new Pace(this.limits.rate)
  }

  /**
   * @param results of the request's events
   * @returns how much longer than before the receiver asks to wait, in ms
   */
  finish(results: readonly AttemptResult[], startedAt: number, now: number): number {
    const wasInUse = this.inFlight >= this.limit
    this.inFlight--
    const pause = Math.max(0, ...results.map(({ retryAfter = 0 }) => (retryAfter > MAX_RETRY_AFTER ? 0 : retryAfter)))
    const isNewPause = now + pause > Math.max(now, this.pausedUntil)
    if (isNewPause) {
      this.pausedSince = now < this.pausedUntil ? this.pausedSince : now
      this.pausedUntil = now + pause
    }
    const retryable = results.filter(({ outcome }) => outcome === 'retryable')
    this.pace.accept(results.length - retryable.length, now)
    if (retryable.some(({ status }) => status === 429)) {
      this.pace.reject(startedAt, now, this.pausedUntil)
      this.concurrency.decrease(startedAt, now)
    } else if (retryable.some(isOverload)) {
      this.concurrency.suspect(startedAt, now)
    } else {
      this.concurrency.increase(wasInUse)
    }
    return isNewPause ? pause : 0
  }
}

/** Whether the receiver may have too much to do, rather than mean this event. */
export function isOverload({ status, errorCode }: AttemptResult): boolean {
  return errorCode !== undefined || OVERLOAD_STATUSES.includes(status)
}
