import { MAX_RETRY_AFTER, nextWait } from '../runtime'
import type { AttemptResult } from '../runtime'
import type { StopReason } from './circuit-breaker'
import type { Clock } from './clock'
import { applyAttempt, explainWait, longestWait } from './held-event'
import type { HeldEvent } from './held-event'
import { isAnswer, Outage } from './outage'
import { Requests } from './requests'
import type { Sending } from './requests'
import { Settler } from './settler'
import type { SettlerOptions } from './settler'
import type { Throttle } from './throttle'

/** How long, in ms, a batch may wait for more events before it is sent as it is. */
const LINGER = 200

/** Events in full batches from which on there is no need to read ahead: events that wait for long cost the garbage collector time. */
const ENOUGH = 100

interface SenderOptions extends SettlerOptions {
  runtime: Sending
  throttle: Throttle
  clock: Clock
  /** Events per request at most. */
  batchSize: number
  retries: number
  /** Milliseconds for which an outage is waited out; 0 if none is. */
  maxOutage: number
  /** Called after each request. */
  onResponse(): void
}

/** Sends events that are ready, and sends them again until they can be settled. */
export class Sender {
  /** Whether a batch need not wait for more events: all input is read, or reading has to wait. */
  isInputComplete = false
  /** Whether nobody waits for what is in flight. */
  isAbandoned = false
  private isStopped = false
  private cancelPump?: () => void
  private cancelLinger?: () => void
  /** What cancels the wait for an event's next attempt. */
  private readonly retries = new Map<HeldEvent, () => void>()
  private readonly requests: Requests
  private readonly settler: Settler
  private readonly outage: Outage

  constructor(private readonly options: SenderOptions) {
    this.requests = new Requests(options)
    this.settler = new Settler(options)
    this.outage = new Outage({
      ...options,
      onBegin: () => this.retryAll(),
      onEnd: () => options.throttle.restart()
    })
  }

  /** Whether more is ready than will be sent before more can be read. */
  get hasEnough(): boolean {
    return this.options.schedule.ready.countFull(this.requests.batchSize) >= ENOUGH
  }

  /** Events that wait for their next attempt. */
  get retrying(): number {
    return this.retries.size
  }

  /** An outage: how long it has lasted, and how long the next probe has to wait, in ms. */
  get outageWait(): { elapsed: number; left: number } | undefined {
    const { isOn, duration } = this.outage
    return isOn ? { elapsed: duration, left: this.delay(this.options.clock.now()) } : undefined
  }

  /** Starts as many requests as the throttle allows. */
  pump(): void {
    const { clock } = this.options
    this.settleStuck()
    this.cancelPump?.()
    this.cancelPump = undefined
    while (!this.isStopped) {
      const delay = this.delay(clock.now())
      if (delay > 0) {
        if (delay < Infinity) {
          this.cancelPump = clock.after(delay, () => this.pump())
        }
        return
      }
      const events = this.next()
      if (!events) {
        return
      }
      this.start(events)
    }
  }

  /** Starts nothing new. What is in flight finishes, except for the probe of an outage if a person does not want to wait. */
  stop({ kind }: StopReason): void {
    this.isStopped = true
    this.isAbandoned ||= this.outage.isOn && kind === 'interrupted'
    this.cancelPump?.()
    this.cancelLinger?.()
    this.outage.close()
    this.retries.forEach((cancel) => cancel())
  }

  /** @returns how long the next request has to wait; `Infinity` until one in flight has finished */
  private delay(now: number): number {
    const { throttle } = this.options
    if (!this.outage.isOn) {
      return throttle.delay(now)
    }
    return throttle.inFlight > 0 ? Infinity : Math.max(this.outage.delay, throttle.delay(now))
  }

  private next(): HeldEvent[] | undefined {
    const { ready, isFull } = this.options.schedule
    if (this.outage.isOn) {
      return ready.takeProbe()
    }
    if (this.isInputComplete || isFull) {
      return ready.takeAny(this.requests.batchSize)
    }
    const events = ready.takeFull(this.requests.batchSize)
    if (!events && ready.length > 0) {
      this.linger()
    }
    return events
  }

  private linger(): void {
    this.cancelLinger ??= this.options.clock.after(LINGER, () => {
      this.cancelLinger = undefined
      const { schedule, clock } = this.options
      const isFree = !this.outage.isOn && this.delay(clock.now()) === 0
      const events = isFree ? schedule.ready.takeAny(this.requests.batchSize) : undefined
      if (events) {
        this.start(events)
      }
      this.pump()
    })
  }

  private start(batch: HeldEvent[]): void {
    this.send(batch).catch((error: unknown) => this.options.stop({ kind: 'error', error }))
  }

  private async send(batch: HeldEvent[]): Promise<void> {
    const { throttle, clock, notify, onResponse } = this.options
    const startedAt = clock.now()
    throttle.start(batch.length, startedAt)
    // A probe goes where the events will go.
    const { results, alone } = await this.requests.send(batch, this.outage.isOn)
    if (this.isAbandoned) {
      return
    }
    const pause = throttle.finish(results.flat(), startedAt, clock.now())
    if (pause > 0) {
      notify({ kind: 'pause', milliseconds: pause })
    }
    if (results.some((all) => all.some(isAnswer))) {
      this.outage.end()
    }
    batch.forEach((held, index) => this.apply(held, results[index], alone))
    this.outage.announce()
    this.pump()
    onResponse()
  }

  /** @param alone the mappings under which this attempt does not count: they are tried again without the batch */
  private apply(held: HeldEvent, all: AttemptResult[], alone: readonly number[]): void {
    const { retries, breaker, schedule, stop } = this.options
    const counted = alone.length === 0 ? all : all.filter(({ mapping }) => !alone.includes(mapping))
    const retryAfter = longestWait(counted)
    const results = retryAfter > MAX_RETRY_AFTER ? counted.map(explainWait) : counted
    held.attempts += results.length > 0 ? 1 : 0
    this.noteFailure(held, results)
    const wait = nextWait(held.attempts - held.excused, retryAfter, retries)
    const isRetried = applyAttempt(held, results, wait === undefined)
    if (alone.length > 0) {
      held.isAlone = true
      held.open = [...held.open, ...alone]
    }
    for (const { errorCode, reason } of results) {
      const stopReason = errorCode === undefined ? undefined : breaker.afterError(errorCode, reason)
      if (stopReason) {
        stop(stopReason)
        return
      }
    }
    if (held.open.length === 0) {
      this.settler.conclude(held)
    } else if (isRetried && wait !== undefined) {
      this.retry(held, results, wait)
    } else {
      schedule.retry(held)
    }
  }

  /** Without a delivery of this run, the address may be wrong, so that no outage is waited out. */
  private noteFailure(held: HeldEvent, results: AttemptResult[]): void {
    const { breaker, retries, throttle } = this.options
    const failure = results.find(({ outcome }) => outcome === 'retryable')
    if (failure && breaker.hasDelivered && !results.some(isAnswer)) {
      this.outage.fail(held, failure, held.attempts - held.excused > retries, throttle.pausedUntil)
    }
  }

  /** An outage has begun: all events that have failed are tried again, whatever their retries. */
  private retryAll(): void {
    const { breaker, schedule } = this.options
    breaker.reset()
    for (const [held, cancel] of this.retries) {
      cancel()
      schedule.retry(held)
    }
    this.retries.clear()
    this.settler.reopenSuspects()
  }

  private retry(held: HeldEvent, results: AttemptResult[], wait: number): void {
    const { clock, schedule, notify } = this.options
    if (held.attempts === 1) {
      const reason = results.find(({ outcome }) => outcome === 'retryable')?.reason ?? ''
      const { file, unit, line } = held.read
      notify({ kind: 'retry', at: { file, unit, line }, reason })
    }
    if (this.isStopped) {
      return
    }
    if (this.outage.isOn) {
      schedule.retry(held)
      return
    }
    const cancel = clock.after(wait, () => {
      this.retries.delete(held)
      schedule.retry(held)
      this.pump()
    })
    this.retries.set(held, cancel)
  }

  /** If nothing else can happen, no other event gets through. */
  private settleStuck(): void {
    const { schedule, throttle } = this.options
    const isWaiting = this.isInputComplete || schedule.isFull
    if (isWaiting && !this.isStopped && throttle.inFlight + schedule.ready.length + this.retries.size === 0) {
      this.settler.settleSuspects()
    }
  }
}
