import { CircuitBreaker } from './circuit-breaker'
import type { StopReason } from './circuit-breaker'
import { SYSTEM_CLOCK } from './clock'
import type { Clock } from './clock'
import { describe, toEventResult } from './held-event'
import type { HeldEvent } from './held-event'
import type { EventRead } from './inputs/read-events'
import type { Notice } from './notice'
import type { EventResult, Location, Position } from './result'
import { Schedule } from './schedule'
import type { Rules, Selected } from './selection'
import { Sender } from './sender'
import type { Sending } from './requests'
import { Throttle } from './throttle'

export interface RunOptions {
  /** Events in order, in chunks of any size. */
  events: AsyncIterable<EventRead[]>
  runtime: Sending
  /** Where an event goes; `end` if no further event is delivered. Called once for each event, in order. */
  select(read: EventRead): Selected | 'skip' | 'end'
  keysOf: Rules['keysOf']
  /** Requests in flight at most. */
  concurrency: number
  /** Events per second at most. */
  rate?: number
  /** Events per batch at most. By default each event has a request of its own. */
  batchSize?: number
  /** How often an event is sent again at most. */
  retries: number
  /** Milliseconds for which an outage after the first delivery is waited out. By default none is. */
  maxOutage?: number
  /** Whether an earlier run has delivered to the same address. */
  isKnownAddress?: boolean
  /** What happens to the remaining events if the run stops: they stay unsettled, or are settled as `not tried`. */
  remaining: 'leave' | 'settle'
  /** Awaited before more events are read. */
  untilRecorded?(): Promise<void>
  /** Called with everything that happens. */
  notify(notice: Notice): void
  clock?: Clock
}

/** Delivers many events: in order per key, as fast as the receiver allows, with bounded memory. */
export class Run {
  readonly schedule: Schedule
  readonly throttle: Throttle
  stopReason?: StopReason
  /** The error that ended the reading. */
  readError?: unknown
  /** Where the last event stands that was read. */
  lastRead?: Location & Position
  readonly sender: Sender
  private wake: () => void = () => undefined
  /** Ends a wait for input. A promise's `resolve` and no closure: with one, V8 keeps each chunk until a full collection. */
  private stopReading: (nothing: undefined) => void = () => undefined

  constructor(private readonly options: RunOptions) {
    const {
      runtime,
      keysOf,
      concurrency,
      rate,
      batchSize = 1,
      retries,
      maxOutage = 0,
      isKnownAddress,
      clock = SYSTEM_CLOCK
    } = options
    this.schedule = new Schedule(keysOf)
    this.throttle = new Throttle({ concurrency, rate })
    this.sender = new Sender({
      runtime,
      schedule: this.schedule,
      throttle: this.throttle,
      breaker: new CircuitBreaker(isKnownAddress),
      clock,
      batchSize,
      retries,
      maxOutage,
      notify: (notice) => this.notify(notice),
      stop: (reason) => this.stop(reason),
      onResponse: () => this.wake()
    })
  }

  /** Resolves when all events are settled, or when the run has stopped and nothing is in flight. Never rejects. */
  async execute(): Promise<void> {
    await this.readAll().catch((error: unknown) => (this.readError = error))
    this.sender.isInputComplete = true
    this.sender.pump()
    await this.until(() => this.isIdle && (this.schedule.size === 0 || this.isStopped))
    this.settleHeld()
  }

  /** Starts nothing new. What is in flight finishes. The first reason stays, unless a person interrupts the run. */
  stop(reason: StopReason): void {
    if (this.isStopped && reason.kind !== 'interrupted') {
      return
    }
    this.stopReason = reason
    this.sender.stop(reason)
    if (!this.isDraining) {
      this.stopReading(undefined)
    }
    this.notify({ kind: 'stop', reason })
  }

  private get isStopped(): boolean {
    return this.stopReason !== undefined
  }

  private get isIdle(): boolean {
    return this.throttle.inFlight === 0 || this.sender.isAbandoned
  }

  /** Whether remaining events are read only to be settled. */
  private get isDraining(): boolean {
    const kind = this.stopReason?.kind
    return this.options.remaining === 'settle' && this.isStopped && kind !== 'interrupted' && kind !== 'error'
  }

  private async readAll(): Promise<void> {
    const chunks = this.options.events[Symbol.asyncIterator]()
    try {
      while (!this.isStopped || this.isDraining) {
        const chunk = await this.unlessStopped(chunks.next())
        if (!chunk || chunk.done || (await this.take(chunk.value)) === 'end') {
          return
        }
        this.sender.pump()
        await this.until(() => !this.sender.hasEnough || this.isStopped)
        await this.options.untilRecorded?.()
      }
    } finally {
      // Not awaited: a source that waits for input can't return before some arrives.
      chunks.return?.().catch(() => undefined)
    }
  }

  private async take(chunk: EventRead[]): Promise<'end' | 'continue'> {
    for (const read of chunk) {
      if (this.schedule.isFull) {
        this.sender.pump()
        await this.until(() => !this.schedule.isFull || this.isStopped)
      }
      if (this.isDraining) {
        await this.until(() => this.isIdle)
        this.settleHeld()
      }
      if (this.isStopped && !this.isDraining) {
        return 'end'
      }
      const choice = this.options.select(read)
      if (choice === 'end') {
        return 'end'
      }
      if (choice !== 'skip') {
        this.accept(read, choice)
      }
      const { file, input, unit, line } = read
      this.lastRead = { file, input, unit, line }
    }
    return 'continue'
  }

  private accept(read: EventRead, { mappings, event: changed, result }: Selected): void {
    const event = 'event' in read ? read.event : undefined
    if (event && mappings.length > 0 && !this.isStopped) {
      this.schedule.add(read, changed ?? event, mappings)
      return
    }
    const outcome = mappings.length > 0 ? ({ outcome: 'not tried' } as const) : result
    this.notify({
      kind: 'settled',
      result: { ...describe(read, event), outcome: 'not subscribed', ...outcome, attempts: 0 }
    })
  }

  /** Settles what is left when the run has stopped, if that is wanted. */
  private settleHeld(): void {
    for (const held of this.isDraining ? this.schedule.unsettled() : []) {
      this.schedule.settle(held)
      this.notify({ kind: 'settled', result: resultAtStop(held, this.options.runtime) })
    }
  }

  private notify(notice: Notice): void {
    this.options.notify(notice)
    this.wake()
  }

  /** Only one place waits at a time. A pending promise of its own keeps memory flat in long runs, unlike `Promise.race`. */
  private async until(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) {
      await new Promise<void>((resolve) => (this.wake = resolve))
    }
  }

  private async unlessStopped<T>(promise: Promise<T>): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      this.stopReading = resolve
      promise.then(resolve, reject)
    })
  }
}

function resultAtStop(held: HeldEvent, { mappings }: Pick<Sending, 'mappings'>): EventResult {
  return held.open.length === 0
    ? toEventResult(held, mappings)
    : { ...describe(held.read, held.event), outcome: 'not tried', attempts: held.attempts }
}
