import type { AttemptResult } from '../runtime'
import type { HeldEvent } from './held-event'

/** As many different events have to fail, so that no event is the cause. */
const MIN_EVENTS = 3

/** Nothing has to get through for as many milliseconds. A restart or a rate limit takes less. */
const MIN_SILENCE = 5000

/** Milliseconds between two probes: a part of the time that the outage has lasted. */
const SHARE_OF_OUTAGE = 1 / 8
const MIN_WAIT = 3000
const MAX_WAIT = 60_000

/** Statuses of a receiver or gateway that is out of order, whatever the event. */
const UNAVAILABLE_STATUSES: readonly (number | undefined)[] = [408, 429, 502, 503, 504]

/**
 * Tells an outage of the receiver from events that fail. All times are in milliseconds.
 *
 * During an outage one event after the other is sent, as a probe, until the receiver responds to one.
 */
export class Outage {
  isOn = false
  /** The attempts that have failed since the receiver last responded, by event. */
  private failed = new Map<HeldEvent, number>()
  /** When the first of them ended. */
  private since = -Infinity
  private nextProbe = -Infinity

  /** @returns how long nothing has got through */
  duration(now: number): number {
    return this.failed.size === 0 ? 0 : now - this.since
  }

  /** @returns how long the next probe has to wait */
  delay(now: number): number {
    return Math.max(0, this.nextProbe - now)
  }

  /** @returns milliseconds between probes */
  interval(now: number): number {
    return Math.min(MAX_WAIT, Math.max(MIN_WAIT, this.duration(now) * SHARE_OF_OUTAGE))
  }

  /**
   * An attempt failed, and may be repeated.
   *
   * @param isLast whether it was the event's last
   * @param pausedUntil until when the receiver asked to send nothing
   * @returns whether it shows an outage
   */
  fail(held: HeldEvent, result: AttemptResult, isLast: boolean, now: number, pausedUntil: number): boolean {
    if (this.failed.size === 0) {
      this.since = now
    }
    this.failed.set(held, (this.failed.get(held) ?? 0) + 1)
    const isSilent = now - Math.max(this.since, pausedUntil) >= MIN_SILENCE
    return this.failed.size >= MIN_EVENTS
      ? isSilent || isLast
      : // Too few are left to compare. A receiver that responds may mean this event.
        isSilent && isLast && isUnavailable(result)
  }

  begin(now: number): void {
    this.isOn = true
    for (const [held, attempts] of this.failed) {
      held.excused += attempts
    }
    this.wait(now)
  }

  /** A probe failed. */
  wait(now: number): void {
    this.nextProbe = now + this.interval(now)
  }

  /** The receiver responded. @returns how long the outage was; undefined if there was none */
  end(now: number): number | undefined {
    const duration = this.isOn ? this.duration(now) : undefined
    this.isOn = false
    if (this.failed.size > 0) {
      this.failed = new Map()
    }
    return duration
  }
}

/** Whether the receiver has looked at the event. A rejection without its words was decided on this side. */
export function isAnswer({ outcome, reasonFrom }: AttemptResult): boolean {
  return outcome === 'delivered' || (outcome === 'rejected' && reasonFrom === 'response')
}

function isUnavailable({ status, errorCode }: AttemptResult): boolean {
  return errorCode !== undefined || UNAVAILABLE_STATUSES.includes(status)
}
