/** Milliseconds of work that may start at once, because timers are late. */
const BURST = 25

/** Milliseconds over which accepted events are counted, in slots. */
const SLOT = 100
const SLOTS = 20

/** Events are counted over at least as many milliseconds: receivers count per second, and may get a second's events at once. */
const MIN_PERIOD = 1000

/** Milliseconds after which the rate is back at the limit that was found. */
const PLATEAU = 20_000

/** The rate falls at most to this part of it at once: less if it has proved itself. */
const MAX_DECREASE = 0.9
const MAX_DECREASE_NEAR_LIMIT = 0.95

/** Milliseconds without a rejection that prove a rate. */
const NEAR_LIMIT = 0.8 * PLATEAU

/** By how much the rate stays below that limit at first, and passes it in the end. */
const MARGIN = 0.05

/** Milliseconds in which the rate doubles from there on: the limit has changed, or was found during an outage. */
const DOUBLING = 5_000

/**
 * Spreads requests over time. It has no limit of its own until the receiver rejects a request for its rate. From then on
 * the rate follows the curve of TCP's CUBIC: close below the limit that was found, flat around it, then beyond it, ever
 * faster, to look for a new one. Concurrency can't do this: one request in flight may be too many if responses are fast.
 *
 * All times are in milliseconds, all amounts in events.
 */
export class Pace {
  private nextStart = -Infinity
  /** Events per ms that the receiver accepted before it rejected one. */
  private found = Infinity
  private foundAt = -Infinity
  private readonly accepted = new Array<number>(SLOTS).fill(0)
  private slot = 0
  private countingSince: number | undefined
  /** Whether the receiver has accepted an event since it last rejected one. */
  private hasAccepted = false

  /** @param maximum events per second, never exceeded */
  constructor(private readonly maximum = Infinity) {}

  /** @returns how long the next request has to wait */
  delay(now: number): number {
    return Math.max(0, this.nextStart - now - BURST)
  }

  /** A request with so many events starts. */
  start(events: number, now: number): void {
    this.countingSince ??= now
    const rate = this.rate(now)
    if (rate < Infinity) {
      this.nextStart = Math.max(this.nextStart, now - BURST) + events / rate
    }
  }

  accept(events: number, now: number): void {
    this.moveTo(now)
    this.accepted[this.slot % SLOTS] += events
    this.hasAccepted ||= events > 0
  }

  /**
   * The receiver rejected a request for its rate.
   *
   * @param startedAt when the request started. Requests in flight at an earlier rejection say nothing new.
   * @param resumeAt when requests start again
   */
  reject(startedAt: number, now: number, resumeAt: number): void {
    this.moveTo(now)
    if (startedAt < this.foundAt) {
      return
    }
    const current = this.rate(now)
    const decrease = now - this.foundAt < NEAR_LIMIT ? MAX_DECREASE : MAX_DECREASE_NEAR_LIMIT
    this.foundAt = Math.max(now, resumeAt)
    // A receiver that asks to wait and then accepts nothing is out of order, whatever the rate.
    if (!this.hasAccepted && resumeAt > now) {
      return
    }
    this.hasAccepted = false
    const duration = Math.min(SLOT * SLOTS, Math.max(MIN_PERIOD, now - (this.countingSince ?? now)))
    const accepted = this.accepted.reduce((sum, count) => sum + count, 0)
    const measured = Math.max(accepted, 1) / duration
    // A pause within the measured time must not make the limit look lower than it is.
    this.found = current === Infinity ? measured : Math.max(measured, current * decrease)
  }

  private rate(now: number): number {
    if (this.found === Infinity) {
      return this.maximum / 1000
    }
    const x = (now - this.foundAt - PLATEAU) / PLATEAU
    const beyond = Math.max(0, now - this.foundAt - 2 * PLATEAU)
    return Math.min(this.maximum / 1000, this.found * (1 + MARGIN * Math.min(x, 1) ** 3) * 2 ** (beyond / DOUBLING))
  }

  private moveTo(now: number): void {
    const slot = Math.floor(now / SLOT)
    for (let next = Math.max(this.slot + 1, slot - SLOTS + 1); next <= slot; next++) {
      this.accepted[next % SLOTS] = 0
    }
    this.slot = Math.max(this.slot, slot)
  }
}
