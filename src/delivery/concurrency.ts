const START = 4

/** The share of a round's responses that may show overload: a few requests always fail, for reasons of their own. */
const MAX_SHARE = 0.05

/** Responses of a round at least, so that one of them is not a large share. */
const MIN_ROUND = 40

/**
 * How many requests may be in flight: additive increase and multiplicative decrease, as in TCP. It starts low, doubles in
 * each round until the first overload, and from then on grows by one in each round. A round is as many responses as the
 * limit allows requests, and not too few. A decision to decrease does not wait for the end of its round.
 */
export class AdaptiveConcurrency {
  private current: number
  private isGrowingFast = true
  /** When the last decrease happened. Requests that started before say nothing about the new limit. */
  private decreasedAt = -Infinity
  /** Of this round. */
  private responses = 0
  private overloaded = 0

  /** @param maximum requests in flight, never exceeded */
  constructor(private readonly maximum: number) {
    this.current = Math.min(START, maximum)
  }

  get limit(): number {
    return Math.floor(this.current)
  }

  /** A healthy response arrived. @param wasInUse whether the limit was in use: otherwise this proves nothing about it */
  increase(wasInUse: boolean): void {
    this.count()
    if (wasInUse) {
      this.current = Math.min(this.maximum, this.current + (this.isGrowingFast ? 1 : 1 / this.round))
    }
  }

  /**
   * A response may show overload: it does if there are too many of them.
   *
   * @param startedAt when its request started, in ms
   */
  suspect(startedAt: number, now: number): void {
    if (startedAt > this.decreasedAt) {
      this.overloaded++
      if (this.overloaded > MAX_SHARE * this.round) {
        this.decrease(startedAt, now)
      }
    }
    this.count()
  }

  /**
   * A response shows overload.
   *
   * @param startedAt when its request started, in ms
   * @param now in ms
   */
  decrease(startedAt: number, now: number): void {
    this.isGrowingFast = false
    if (startedAt > this.decreasedAt) {
      this.decreasedAt = now
      this.current = Math.max(1, this.current / 2)
      this.startRound()
    }
  }

  /** How many responses it has. */
  private get round(): number {
    return Math.max(this.current, MIN_ROUND)
  }

  private count(): void {
    this.responses++
    if (this.responses >= this.round) {
      this.startRound()
    }
  }

  private startRound(): void {
    this.responses = 0
    this.overloaded = 0
  }
}
