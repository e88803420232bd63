import type { CircuitBreaker, StopReason } from './circuit-breaker'
import { reopen, toEventResult } from './held-event'
import type { HeldEvent } from './held-event'
import type { Notice } from './notice'
import type { Sending } from './requests'
import type { EventResult } from './result'
import type { Schedule } from './schedule'

export interface SettlerOptions {
  runtime: Pick<Sending, 'mappings'>
  schedule: Schedule
  breaker: CircuitBreaker
  notify(notice: Notice): void
  /** Stops the run. */
  stop(reason: StopReason): void
}

/** Settles events that have their results. */
export class Settler {
  /** Events that failed for a reason that may concern all events. */
  private readonly suspects: HeldEvent[] = []

  constructor(private readonly options: SettlerOptions) {}

  /**
   * Settles an event, except if it fails for a reason that may concern all events. Such events stay unsettled if the run
   * stops, so that the next run sends them again; they are settled as soon as another event gets through.
   */
  conclude(held: HeldEvent): void {
    const { runtime, breaker, stop } = this.options
    const result = toEventResult(held, runtime.mappings)
    const reason = breaker.afterEvent(result)
    if (reason) {
      this.suspects.push(held)
      stop(reason)
    } else if (breaker.isSuspicious) {
      this.suspects.push(held)
    } else {
      this.settleSuspects()
      this.settle(held, result)
    }
  }

  settleSuspects(): void {
    if (this.suspects.length > 0) {
      for (const held of this.suspects.splice(0)) {
        this.settle(held, toEventResult(held, this.options.runtime.mappings))
      }
    }
  }

  /** Their failure was that of an outage: they are tried again. */
  reopenSuspects(): void {
    for (const held of this.suspects.splice(0)) {
      reopen(held)
      if (held.open.length > 0) {
        this.options.schedule.retry(held)
      } else {
        this.suspects.push(held)
      }
    }
  }

  private settle(held: HeldEvent, result: EventResult): void {
    this.options.schedule.settle(held)
    this.options.notify({ kind: 'settled', result })
  }
}
