import type { SegmentEvent } from '@segment/actions-core'
import type { Definition } from '../catalog-view'
import type { DestinationRecord } from '../destinations'
import { keyTestAfter } from '../key-test'
import type { MessageRecord } from '../message-record'
import { Batcher } from './batcher'
import { Job } from './job'
import { Lanes } from './lanes'
import { DeliveryPlan } from './plan'

/** Messages that are attempted at the same time. */
const LANES = 8

/** The JSON of the messages that may wait, by their number. As objects, with a few attempts, they need ten times as much. */
const BYTES_PER_PENDING = 2048
const MIN_PENDING_BYTES = 4 * 1024 * 1024

const REMEDY = 'Send more slowly, or start it with a larger --keep. Segment has no such limit.'

export interface DelivererOptions {
  definition: () => Definition
  /** Messages that may wait at most. A further one is not sent, which is no failure of the destination. */
  maxPending: number
  /** Called each time that something about a message has changed. */
  onChange: (record: MessageRecord) => void
  /** Called each time that a delivery has told something new of a destination's key. */
  onKeyTest: () => void
}

/** Delivers messages to one destination as Segment's platform does: mappings, batches, retries. */
export class Deliverer {
  private readonly lanes = new Lanes(LANES)
  private readonly timers = new Set<NodeJS.Timeout>()
  private readonly jobs = new Set<Job>()
  private plan: DeliveryPlan | undefined
  private batchers = new Map<number, Batcher<Job>>()
  /** Of their events as JSON. */
  private pendingBytes = 0
  private isClosed = false

  constructor(
    private readonly destination: DestinationRecord,
    private readonly options: DelivererOptions
  ) {}

  /** Messages that are not delivered, rejected or failed yet. */
  get pending(): number {
    return this.jobs.size
  }

  deliver(record: MessageRecord): void {
    const tooMany = this.tooMany(record)
    if (tooMany !== undefined) {
      const { id, name } = this.destination
      record.addDelivery({ id, name }, []).refused = `${tooMany} ${REMEDY}`
      this.options.onChange(record)
      return
    }
    const job = this.start(record)
    job.pending(job.plan.indices('batched')).forEach((index) => this.batch(job, index))
    this.attempt(job, job.pending(job.plan.indices('single')))
    this.finishSkipped([job])
  }

  /** Sends all messages to each mapping in one request, whether or not "Enable Batching" is on. */
  deliverBatch(records: MessageRecord[]): void {
    const jobs = records.map((record) => this.start(record))
    this.currentPlan().mappings.forEach((_mapping, index) => this.attemptBatch(jobs, index))
    this.finishSkipped(jobs)
  }

  /** Fails every message that waits. What is on its way ends by itself, without another attempt. */
  stop(reason: string): void {
    this.clearTimers()
    this.batchers.clear()
    this.jobs.forEach((job) => {
      job.stop(reason)
      this.finish(job)
    })
  }

  /** Stops waiting for anything. What is on its way ends by itself. */
  close(): void {
    this.isClosed = true
    this.lanes.close()
    this.clearTimers()
  }

  private clearTimers(): void {
    this.timers.forEach((timer) => clearTimeout(timer))
    this.timers.clear()
    this.batchers.forEach((batcher) => batcher.close())
  }

  private tooMany({ size }: MessageRecord): string | undefined {
    const { maxPending } = this.options
    if (this.pending >= maxPending) {
      return `${maxPending} messages are waiting, as many as it keeps.`
    }
    const bytes = this.pendingBytes + size
    return bytes > Math.max(MIN_PENDING_BYTES, maxPending * BYTES_PER_PENDING) && this.pending > 0
      ? 'the messages that are waiting use as much memory as it has for them.'
      : undefined
  }

  private start(record: MessageRecord): Job {
    const { id, name } = this.destination
    const job = new Job(record, { id, name }, this.currentPlan())
    this.jobs.add(job)
    this.pendingBytes += record.size
    return job
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
      const pending = job.begin(mappings)
      if (pending.length === 0) {
        return
      }
      const results = await plan.runtime.attempt(event, pending, delivery.trace)
      results.forEach((result) => this.again(job.apply(result), () => this.attempt(job, [result.mapping])))
      this.finish(job)
    })
  }

  private batch(job: Job, index: number): void {
    if (job.plan !== this.plan) {
      // Its mappings have changed while it waited for a retry. A batch is sent by one version of them.
      this.attemptBatch([job], index)
      return
    }
    const batcher =
      this.batchers.get(index) ??
      new Batcher<Job>(job.plan.batchSize(index), sizeOf, (jobs) => this.attemptBatch(jobs, index))
    this.batchers.set(index, batcher)
    batcher.add(job)
  }

  private attemptBatch(jobs: Job[], index: number): void {
    this.lanes.add(`batch ${index}`, async () => {
      const pending = jobs.filter((job) => job.begin([index]).length > 0)
      if (pending.length === 0) {
        return
      }
      const events = pending.map(({ event }) => event)
      const traces = pending.map(({ delivery }) => delivery.trace)
      const results = await pending[0].plan.runtime.attemptBatch(events, [index], traces)
      pending.forEach((job, position) => {
        results[position].forEach((result) => this.again(job.apply(result), () => this.batch(job, index)))
        this.finish(job)
      })
    })
  }

  private again(wait: number | undefined, attempt: () => void): void {
    if (wait === undefined || this.isClosed) {
      return
    }
    const timer = setTimeout(() => {
      this.timers.delete(timer)
      attempt()
    }, wait).unref()
    this.timers.add(timer)
  }

  /** Messages that go to no mapping have no attempt that finishes them. */
  private finishSkipped(jobs: Job[]): void {
    jobs.filter(({ isPending }) => !isPending).forEach((job) => this.finish(job))
  }

  /** Counts the message once every mapping has its final outcome. */
  private finish(job: Job): void {
    const { record, delivery } = job
    const { outcome, reason, status } = delivery.decision
    if (outcome !== 'pending' && this.jobs.delete(job)) {
      this.pendingBytes -= record.size
      delivery.settle()
      this.destination.statistics.add(record.id, { outcome, reason, status })
      this.noteKeyTest(job)
    }
    this.options.onChange(record)
  }

  private noteKeyTest({ plan, delivery }: Job): void {
    const { destination } = this
    // Otherwise its settings have changed since then.
    if (plan.version === destination.version) {
      const known = destination.keyTest
      destination.keyTest = keyTestAfter(delivery.decision, known, this.options.definition())
      if (destination.keyTest !== known) {
        this.options.onKeyTest()
      }
    }
  }
}

function userOf({ userId, anonymousId, groupId }: SegmentEvent): string {
  return JSON.stringify([userId ?? anonymousId ?? groupId])
}

function sizeOf({ record: { size } }: Job): number {
  return size
}
