const START = 4

/**
 * How many requests may be in flight: additive increase and multiplicative decrease, as in TCP. It starts low, doubles in
 * each round until the first sign of overload, and from then on grows by one in each round. A round is as many responses
 * as the limit allows requests.
 */
export class AdaptiveConcurrency {
  private current: number
  private isGrowingFast = true
  /** When the last decrease happened. Requests that started before say nothing about the new limit. */
  private decreasedAt = -Infinity

  /** @param maximum requests in flight, never exceeded */
  constructor(private readonly maximum: number) {
    this.current = Math.min(START, maximum)
  }

  get limit(): number {
    return Math.floor(this.current)
  }

  /** A healthy response arrived. Call it only if the limit was in use: otherwise it proves nothing. */
  increase(): void {
    this.current = Math.min(this.maximum, this.current + (this.isGrowingFast ? 1 : 1 / this.current))
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
    }
  }
}
