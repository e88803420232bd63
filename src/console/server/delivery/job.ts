import type { SegmentEvent } from '@segment/actions-core'
import { backoff, DEFAULT_RETRY } from '../../../runtime'
import type { AttemptResult } from '../../../runtime'
import type { MessageRecord } from '../message-record'
import type { DeliveryState, MappingState } from './delivery-state'
import type { DeliveryPlan } from './plan'

/** One message on its way to one destination. */
export class Job {
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
    this.event = record.event as unknown as SegmentEvent
    const mappings = plan.mappings.map(({ id }): MappingState => ({ mappingId: id, outcome: 'pending', attempts: 0 }))
    this.delivery = record.addDelivery(destination, mappings)
  }

  /** Those of these mappings that have no final outcome yet. Their attempt begins. */
  begin(mappings: number[]): number[] {
    const pending = mappings.filter((mapping) => this.delivery.mappings[mapping].outcome === 'pending')
    pending.forEach((mapping) => this.attempting.add(mapping))
    return pending
  }

  /** Notes the result of an attempt. Returns the milliseconds until the next, or undefined if there is none. */
  apply({ mapping, outcome, reason, status, retryAfter = 0 }: AttemptResult): number | undefined {
    this.attempting.delete(mapping)
    const state = this.delivery.mappings[mapping]
    state.attempts = this.delivery.trace.mappings[mapping]?.attempts.length ?? 0
    Object.assign(state, { reason, status, nextAttemptAt: undefined })
    if (outcome !== 'retryable') {
      state.outcome = outcome
      return undefined
    }
    if (this.stopped !== undefined) {
      this.fail(mapping, this.stopped)
      return undefined
    }
    if (state.attempts > DEFAULT_RETRY.retries || retryAfter > DEFAULT_RETRY.maxRetryAfter) {
      state.outcome = 'failed'
      return undefined
    }
    const wait = Math.max(backoff(state.attempts, DEFAULT_RETRY), retryAfter)
    state.nextAttemptAt = new Date(Date.now() + wait).toISOString()
    this.noteWait(mapping, wait)
    return wait
  }

  /** Makes no further attempt. What is on its way ends by itself; whatever waits fails at once. */
  stop(reason: string): void {
    this.stopped = reason
    this.delivery.mappings.forEach(({ outcome }, mapping) => {
      if (outcome === 'pending' && !this.attempting.has(mapping)) {
        this.fail(mapping, reason)
      }
    })
  }

  private fail(mapping: number, reason: string): void {
    const failed = { outcome: 'failed', reason, status: undefined, nextAttemptAt: undefined } as const
    Object.assign(this.delivery.mappings[mapping], failed)
    this.noteWait(mapping, undefined)
  }

  private noteWait(mapping: number, wait: number | undefined): void {
    const last = this.delivery.trace.mappings[mapping]?.attempts.at(-1)
    if (last) {
      last.wait = wait
    }
  }
}
