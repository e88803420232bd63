import type { AttemptResult } from '../runtime'
import type { StopReason } from './circuit-breaker'
import type { Clock } from './clock'
import type { HeldEvent } from './held-event'
import type { Notice } from './notice'
import { isOverload } from './throttle'

/** As many different events have to fail, so that no event is the cause. */
const MIN_EVENTS = 3

/** Nothing has to get through for as many milliseconds. A restart or a rate limit takes less. */
const MIN_SILENCE = 5000

/** Milliseconds between two probes: a part of the time that the outage has lasted. */
const SHARE_OF_OUTAGE = 1 / 8
const MIN_WAIT = 3000
const MAX_WAIT = 60_000

/** A gateway that reaches no receiver, whatever the event. */
const BAD_GATEWAY = 502

interface OutageOptions {
  clock: Clock
  /** Milliseconds for which an outage is waited out; 0 if none is. */
  maxOutage: number
  notify(notice: Notice): void
  /** Stops the run. */
  stop(reason: StopReason): void
  /** Called when an outage begins, and when it ends. */
  onBegin(): void
  onEnd(): void
}

/**
 * Tells an outage of the receiver from events that fail. During an outage one event after the other is sent, as a probe,
 * until the receiver responds to one. All times are in milliseconds.
 */
export class Outage {
  isOn = false
  /** The attempts that have failed since the receiver last responded, by event. */
  private failed = new Map<HeldEvent, number>()
  /** When the first of them ended. */
  private since = -Infinity
  private nextProbe = -Infinity
  private isClosed = false
  private cancelStop?: () => void

  constructor(private readonly options: OutageOptions) {}

  /** For how long nothing has got through. */
  get duration(): number {
    return this.failed.size === 0 ? 0 : this.options.clock.now() - this.since
  }

  /** How long the next probe has to wait. */
  get delay(): number {
    return Math.max(0, this.nextProbe - this.options.clock.now())
  }

  /**
   * An attempt failed, and is worth repeating. During an outage it does not count against the event's retries.
   *
   * @param isLast whether it was the event's last
   * @param pausedUntil until when the receiver asked to send nothing
   */
  fail(held: HeldEvent, result: AttemptResult, isLast: boolean, pausedUntil: number): void {
    if (this.isOn) {
      held.excused++
      this.nextProbe = this.options.clock.now() + this.interval
      return
    }
    if (this.failed.size === 0) {
      this.since = this.options.clock.now()
    }
    this.failed.set(held, (this.failed.get(held) ?? 0) + 1)
    if (!this.isClosed && this.options.maxOutage > 0 && this.isShown(result, isLast, pausedUntil)) {
      this.begin(result)
    }
  }

  /** The receiver responded. */
  end(): void {
    const milliseconds = this.duration
    if (this.failed.size > 0) {
      this.failed = new Map()
    }
    if (this.isOn) {
      this.isOn = false
      this.cancelStop?.()
      this.options.onEnd()
      this.options.notify({ kind: 'outage over', milliseconds })
    }
  }

  /** Says how an outage goes on, if there is one. */
  announce(): void {
    if (this.isOn && !this.isClosed) {
      this.options.notify({ kind: 'outage', milliseconds: this.duration, every: this.interval })
    }
  }

  /** The run stops: nothing is waited out any more. */
  close(): void {
    this.isClosed = true
    this.cancelStop?.()
  }

  private get interval(): number {
    return Math.min(MAX_WAIT, Math.max(MIN_WAIT, this.duration * SHARE_OF_OUTAGE))
  }

  private isShown(result: AttemptResult, isLast: boolean, pausedUntil: number): boolean {
    const isSilent = this.options.clock.now() - Math.max(this.since, pausedUntil) >= MIN_SILENCE
    return this.failed.size >= MIN_EVENTS
      ? isSilent || isLast
      : // Too few are left to compare. A receiver that responds may mean this event.
        isSilent && isLast && isUnavailable(result)
  }

  private begin({ reason }: AttemptResult): void {
    const { clock, maxOutage, onBegin, stop } = this.options
    this.isOn = true
    this.nextProbe = clock.now() + this.interval
    for (const [held, attempts] of this.failed) {
      held.excused += attempts
    }
    this.cancelStop = clock.after(Math.max(0, maxOutage - this.duration), () =>
      stop({ kind: 'outage', milliseconds: maxOutage, reason })
    )
    onBegin()
  }
}

/** Whether the receiver has looked at the event. A rejection without its words was decided on this side. */
export function isAnswer({ outcome, reasonFrom }: AttemptResult): boolean {
  return outcome === 'delivered' || (outcome === 'rejected' && reasonFrom === 'response')
}

function isUnavailable(result: AttemptResult): boolean {
  return isOverload(result) || result.status === BAD_GATEWAY
}
