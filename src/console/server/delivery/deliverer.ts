import type { SegmentEvent } from '@segment/actions-core'
import type { Definition } from '../catalog-view'
import { backoff, DEFAULT_RETRY } from '../../../runtime'
import type { AttemptResult } from '../../../runtime'
import type { DestinationRecord } from '../destinations'
import type { MessageRecord } from '../message-record'
import { Batcher } from './batcher'
import { deliveryOutcome, worstMapping } from './delivery-state'
import type { DeliveryState, MappingState } from './delivery-state'
import { Lanes } from './lanes'
import { DeliveryPlan } from './plan'

/** Messages that are attempted at the same time. */
const LANES = 8

/** One message on its way. */
interface Job {
  readonly record: MessageRecord
  readonly event: SegmentEvent
  readonly delivery: DeliveryState
  readonly plan: DeliveryPlan
}

export interface DelivererOptions {
  definition: () => Definition
  /** Messages that may wait at most. A further one fails at once, with a reason that says so. */
  maxPending: number
  /** Called each time that something about a message has changed. */
  onChange: (record: MessageRecord) => void
}

/** Delivers messages to one destination as Segment's platform does: mappings, batches, retries. */
export class Deliverer {
  private readonly lanes = new Lanes(LANES)
  private readonly timers = new Set<NodeJS.Timeout>()
  private plan: DeliveryPlan | undefined
  private batchers = new Map<number, Batcher<Job>>()
  private pendingCount = 0
  private isClosed = false

  constructor(
    private readonly destination: DestinationRecord,
    private readonly options: DelivererOptions
  ) {}

  /** Messages that are not delivered, rejected or failed yet. */
  get pending(): number {
    return this.pendingCount
  }

  deliver(record: MessageRecord): void {
    const job = this.start(record)
    if (this.pendingCount > this.options.maxPending) {
      const reason = `${this.options.maxPending} messages are waiting, which is as many as the console keeps.`
      job.delivery.mappings.forEach((state) => Object.assign(state, { outcome: 'failed', reason }))
      this.finish(job)
      return
    }
    job.plan.indices('batched').forEach((index) => this.batch(job, index))
    this.attempt(job, job.plan.indices('single'))
    if (job.plan.mappings.length === 0) {
      this.finish(job)
    }
  }

  /** Sends all messages to each mapping in one request, whether or not "Enable Batching" is on. */
  deliverBatch(records: MessageRecord[]): void {
    const jobs = records.map((record) => this.start(record))
    const { mappings } = this.currentPlan()
    mappings.forEach((_mapping, index) => this.attemptBatch(jobs, index))
    if (mappings.length === 0) {
      jobs.forEach((job) => this.finish(job))
    }
  }

  /** Stops waiting for anything. What is on its way ends by itself. */
  close(): void {
    this.isClosed = true
    this.lanes.close()
    this.timers.forEach((timer) => clearTimeout(timer))
    this.batchers.forEach((batcher) => batcher.close())
  }

  private start(record: MessageRecord): Job {
    const plan = this.currentPlan()
    const mappings = plan.mappings.map(({ id }): MappingState => ({ mappingId: id, outcome: 'pending', attempts: 0 }))
    const { id, name } = this.destination
    const delivery = record.addDelivery({ id, name }, mappings)
    this.pendingCount++
    // The cast: whatever the source accepts is handed on, as the platform does.
    return { record, event: record.event as unknown as SegmentEvent, delivery, plan }
  }

  private currentPlan(): DeliveryPlan {
    if (this.plan?.version !== this.destination.version) {
      this.plan = new DeliveryPlan(this.options.definition(), this.destination)
      // The old ones still send what they hold.
      this.batchers = new Map()
    }
    return this.plan
  }

  private attempt(job: Job, mappings: number[]): void {
    if (mappings.length === 0) {
      return
    }
    this.lanes.add(userOf(job.event), async () => {
      const { event, delivery, plan } = job
      const results = await plan.runtime.attempt(event, { mappings, trace: delivery.trace })
      results.forEach((result) => this.apply(job, result, () => this.attempt(job, [result.mapping])))
      this.finish(job)
    })
  }

  private batch(job: Job, index: number): void {
    const batcher =
      this.batchers.get(index) ??
      new Batcher<Job>(job.plan.batchSize(index), sizeOf, (jobs) => this.attemptBatch(jobs, index))
    this.batchers.set(index, batcher)
    batcher.add(job)
  }

  private attemptBatch(jobs: Job[], index: number): void {
    this.lanes.add(`batch ${index}`, async () => {
      const events = jobs.map(({ event }) => event)
      const traces = jobs.map(({ delivery }) => delivery.trace)
      const results = await jobs[0].plan.runtime.attemptBatch(events, { mappings: [index], traces })
      jobs.forEach((job, position) => {
        results[position].forEach((result) => this.apply(job, result, () => this.batch(job, index)))
        this.finish(job)
      })
    })
  }

  /** Notes the result of an attempt, and plans the next if there is to be one. */
  private apply({ delivery }: Job, result: AttemptResult, tryAgain: () => void): void {
    const { mapping, outcome, reason, status, retryAfter = 0 } = result
    const state = delivery.mappings[mapping]
    state.attempts = delivery.trace.mappings[mapping]?.attempts.length ?? 0
    Object.assign(state, { reason, status, nextAttemptAt: undefined })
    if (outcome !== 'retryable') {
      state.outcome = outcome
      return
    }
    if (state.attempts > DEFAULT_RETRY.retries || retryAfter > DEFAULT_RETRY.maxRetryAfter || this.isClosed) {
      state.outcome = 'failed'
      return
    }
    const wait = Math.max(backoff(state.attempts, DEFAULT_RETRY), retryAfter)
    const last = delivery.trace.mappings[mapping]?.attempts.at(-1)
    if (last) {
      last.wait = wait
    }
    state.nextAttemptAt = new Date(Date.now() + wait).toISOString()
    const timer = setTimeout(() => {
      this.timers.delete(timer)
      tryAgain()
    }, wait).unref()
    this.timers.add(timer)
  }

  /** Counts the message once every mapping has its final outcome. */
  private finish({ record, delivery }: Job): void {
    const outcome = deliveryOutcome(delivery)
    if (outcome !== 'pending') {
      delivery.settle()
      this.pendingCount--
      this.destination.statistics.add(record.id, { ...worstMapping(delivery.mappings), outcome })
    }
    this.options.onChange(record)
  }
}

function userOf({ userId, anonymousId, groupId }: SegmentEvent): string {
  return JSON.stringify([userId ?? anonymousId ?? groupId])
}

function sizeOf({ record: { size } }: Job): number {
  return size
}
