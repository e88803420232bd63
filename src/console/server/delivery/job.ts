import type { SegmentEvent } from '@segment/actions-core'
import { nextWait } from '../../../runtime'
import type { AttemptResult } from '../../../runtime'
import type { MessageRecord } from '../message-record'
import { decisionOf } from './delivery-state'
import type { DeliveryState } from './delivery-state'
import type { DeliveryPlan } from './plan'

/** One message on its way to one destination. */
export class Job {
  /** As the destination's filters leave it. */
  readonly event: SegmentEvent
  readonly delivery: DeliveryState
  private readonly attempting = new Set<number>()
  private stopped: string | undefined

  constructor(
    readonly record: MessageRecord,
    destination: { id: string; name: string },
    readonly plan: DeliveryPlan
  ) {
    // The cast: whatever the source accepts is handed on, as the platform does.
    const event = record.event as unknown as SegmentEvent
    this.delivery = record.addDelivery(destination, plan.mappings)
    this.event = plan.runtime.route(event, this.delivery.trace).event ?? event
  }

  get isPending(): boolean {
    return this.pending([...this.plan.mappings.keys()]).length > 0
  }

  /** Those of these mappings that have no final outcome yet. */
  pending(mappings: number[]): number[] {
    const { trace } = this.delivery
    return mappings.filter((mapping) => decisionOf(trace.mappings[mapping]).outcome === 'pending')
  }

  /** Those of these mappings that have no final outcome yet. Their attempt begins. */
  begin(mappings: number[]): number[] {
    const pending = this.pending(mappings)
    pending.forEach((mapping) => this.attempting.add(mapping))
    return pending
  }

  /** Notes the result of an attempt. Returns the milliseconds until the next, or undefined if there is none. */
  apply({ mapping, outcome, reason, status, retryAfter }: AttemptResult): number | undefined {
    this.attempting.delete(mapping)
    const { trace, nextAttempts } = this.delivery
    const state = trace.mappings[mapping]
    Object.assign(state, { outcome, reason, status })
    nextAttempts[mapping] = undefined
    if (outcome !== 'retryable') {
      return undefined
    }
    if (this.stopped !== undefined) {
      this.fail(mapping, this.stopped)
      return undefined
    }
    const wait = nextWait(state.attempts.length, retryAfter)
    if (wait === undefined) {
      state.outcome = 'failed'
      return undefined
    }
    nextAttempts[mapping] = new Date(Date.now() + wait).toISOString()
    this.noteWait(mapping, wait)
    return wait
  }

  /** Makes no further attempt. What is on its way ends by itself; whatever waits fails at once. */
  stop(reason: string): void {
    this.stopped = reason
    this.pending([...this.plan.mappings.keys()]).forEach((mapping) => {
      if (!this.attempting.has(mapping)) {
        this.fail(mapping, reason)
      }
    })
  }

  private fail(mapping: number, reason: string): void {
    const { trace, nextAttempts } = this.delivery
    Object.assign(trace.mappings[mapping], { outcome: 'failed', reason, status: undefined })
    nextAttempts[mapping] = undefined
    this.noteWait(mapping, undefined)
  }

  private noteWait(mapping: number, wait: number | undefined): void {
    const last = this.delivery.trace.mappings[mapping].attempts.at(-1)
    if (last) {
      last.wait = wait
    }
  }
}
