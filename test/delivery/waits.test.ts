import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import type { SegmentEvent } from '@segment/actions-core'
import { SYSTEM_CLOCK } from '../../src/delivery/clock'
import type { DeliveryOptions } from '../../src/delivery/delivery'
import type { AttemptResult } from '../../src/runtime'
import { temporaryFolder } from '../temporary-folder'
import { deliver, DOWN, inputOf, numbered, REJECTED } from './deliver'
import { createReceiver, DELIVERED } from './receiver'
import type { Response } from './receiver'
import { VirtualClock } from './virtual-clock'

const MINUTES = 60_000
const DAYS = 24 * 60 * MINUTES

const file = temporaryFolder()
let clock: VirtualClock

beforeEach(() => {
  clock = new VirtualClock()
})

afterEach(() => {
  jest.restoreAllMocks()
  jest.useRealTimers()
})

describe('the waits between the attempts of an event', () => {
  it.each([
    ['from 1 s on', 0, [1000, 2000, 4000, 8000, 16_000]],
    ['up to twice as long, and at most 30 s', 1 - Number.EPSILON, [2000, 4000, 8000, 16_000, 30_000]]
  ])('double: %s', async (_bounds, random, expected) => {
    jest.spyOn(Math, 'random').mockReturnValue(random)

    const { times, results } = await deliver({ clock, lines: numbered(1), retries: 5, respond: () => DOWN })

    expect(times.slice(1).map((time, index) => time - times[index])).toEqual(expected)
    expect(results).toMatchObject([{ outcome: 'failed', attempts: 6, reason: 'Down.' }])
  })

  it('are as long as the receiver asks, up to an hour', async () => {
    const { times, notices } = await deliver({
      clock,
      lines: numbered(1),
      retries: 5,
      respond: () => (clock.now() === 0 ? { ...DOWN, retryAfter: 60 * MINUTES } : DELIVERED)
    })

    expect(times).toEqual([0, 60 * MINUTES])
    expect(notices).toContainEqual({ kind: 'pause', milliseconds: 60 * MINUTES })
  })

  it.each([60 * MINUTES + 1, 24 * 60 * MINUTES])(
    'are none if it asks for more, which the reason says, and hold up no other event: %d ms',
    async (retryAfter) => {
      const { results, notices } = await deliver({
        clock,
        lines: numbered(50),
        concurrency: 64,
        retries: 5,
        latency: 10,
        respond: ({ messageId }) => (messageId === '3' ? { ...DOWN, retryAfter } : DELIVERED)
      })

      expect(results.filter(({ outcome }) => outcome === 'delivered')).toHaveLength(49)
      expect(results.find(({ messageId }) => messageId === '3')).toMatchObject({
        outcome: 'failed',
        attempts: 1,
        reason: `Down. The response asks to wait ${Math.ceil(retryAfter / MINUTES)} minutes (Retry-After), and the limit is 60 minutes.`
      })
      expect(notices.filter(({ kind }) => kind === 'pause')).toEqual([])
      expect(clock.now()).toBeLessThan(1000)
    }
  )

  it('are the longest that any mapping asks for', async () => {
    const times: number[] = []
    const attempt = async (): Promise<AttemptResult[]> => {
      times.push(clock.now())
      return [4000, 9000, 6000].map((retryAfter, mapping) =>
        times.length === 1
          ? { mapping, scope: 'event', outcome: 'retryable', retryAfter }
          : { mapping, scope: 'event', outcome: 'delivered' }
      )
    }

    await deliver({
      clock,
      lines: numbered(1),
      retries: 5,
      runtime: {
        mappings: ['A', 'B', 'C'].map((name) => ({ name, action: 'all' })),
        route: () => ({ mappings: [0, 1, 2] }),
        attempt,
        attemptBatch: async (events) => Promise.all(events.map(attempt))
      }
    })

    expect(times).toEqual([0, 9000])
  })
})

describe('an outage after the first delivery', () => {
  const outage = { lines: numbered(400), concurrency: 64, latency: 50, retries: 5, maxOutage: 60 * MINUTES }
  /** Until when the receiver fails, from 200 ms on. */
  const downUntil =
    (end: number, failure: Response = DOWN) =>
    () =>
      clock.now() >= 200 && clock.now() < end ? failure : DELIVERED

  it.each<[string, Response]>([
    ['5xx', DOWN],
    ['429', { ...DOWN, status: 429 }],
    ['a broken connection', { outcome: 'retryable', errorCode: 'ECONNRESET', reason: 'Reset.' }],
    ['a refused connection', { outcome: 'retryable', errorCode: 'ECONNREFUSED', reason: 'Refused.' }]
  ])('is waited out, one event at a time, ever less often: %s', async (_what, failure) => {
    const { sent, times, results, summary, notices } = await deliver({
      clock,
      ...outage,
      respond: downUntil(20 * MINUTES, failure)
    })

    expect(results.map(({ outcome }) => outcome)).toEqual(Array<string>(400).fill('delivered'))
    expect(summary.stopReason).toBeUndefined()
    const probes = times.filter((time) => time > MINUTES && time < 20 * MINUTES)
    const waits = probes.slice(1).map((time, index) => time - probes[index])
    expect(waits.every((wait, index) => wait >= 3000 && wait <= 61_000 && wait + 1 >= (waits[index - 1] ?? 0))).toBe(
      true
    )
    expect(probes.length).toBeLessThan(40)
    // Not always the same one, which may be at fault.
    expect(new Set(sent.slice(-400)).size).toBeGreaterThan(300)
    expect(notices.find(({ kind }) => kind === 'outage')).toMatchObject({
      milliseconds: expect.closeTo(6000, -3.4) as number,
      every: 3000
    })
    expect(clock.now()).toBeLessThan(22 * MINUTES)
    expect(notices).toContainEqual({ kind: 'outage over', milliseconds: expect.closeTo(20 * MINUTES, -5) as number })
    expect(clock.running).toBe(0)
  })

  it.each([429, 503])('slows down nothing once it is over: %d', async (status) => {
    let overAt = 0
    const { summary } = await deliver({
      clock,
      ...outage,
      lines: numbered(4000),
      latency: 200,
      respond: () => (clock.now() >= 3000 && clock.now() < 5 * MINUTES ? { ...DOWN, status } : DELIVERED),
      notify: ({ kind }) => (overAt = kind === 'outage over' ? clock.now() : overAt)
    })

    expect(summary.tally.counts.delivered).toBe(4000)
    // 64 at once, after two seconds of growth.
    expect(clock.now() - overAt).toBeLessThan((4000 / 64) * 200 + 2000)
  })

  it('takes up to the allowed time. Then the run stops, and every event that was not delivered stays', async () => {
    const { results, summary, notices } = await deliver({ clock, ...outage, respond: downUntil(Infinity) })

    expect(results.every(({ outcome }) => outcome === 'delivered')).toBe(true)
    expect(results.length).toBeLessThan(400)
    expect(summary.stopReason).toEqual({ kind: 'outage', milliseconds: 60 * MINUTES, reason: 'Down.' })
    expect(summary.continueAt).toMatchObject({ line: results.length + 1 })
    expect(notices.filter(({ kind }) => kind === 'outage over')).toEqual([])
    expect(clock.now()).toBeCloseTo(60 * MINUTES, -4)
    expect(clock.running).toBe(0)
  })

  it('is seen at once if events have no retries, and is none if the run may not wait', async () => {
    const options = { clock, ...outage, retries: 0, respond: downUntil(5 * MINUTES) }
    const waited = await deliver(options)
    const stopped = await deliver({ ...options, maxOutage: 0, clock: (clock = new VirtualClock()) })

    expect(waited.summary.tally.counts).toMatchObject({ delivered: 400, failed: 0 })
    expect(stopped.summary.stopReason).toMatchObject({ kind: 'failures in a row' })
  })

  it('is not over because events are rejected before they are sent', async () => {
    const { notices, summary } = await deliver({
      clock,
      ...outage,
      // Rejected while nothing gets through, so that it can't have been sent.
      respond: ({ messageId }) =>
        clock.now() > 5 * MINUTES && Number(messageId) % 2 === 0 ? REJECTED : downUntil(20 * MINUTES)()
    })

    expect(summary.tally.counts.rejected).toBeGreaterThan(100)
    expect(notices.filter(({ kind }) => kind === 'outage over')).toHaveLength(1)
  })

  it('is over if the receiver rejects an event', async () => {
    const { notices } = await deliver({
      clock,
      ...outage,
      respond: () => (clock.now() < 20 * MINUTES ? downUntil(20 * MINUTES)() : { ...REJECTED, reasonFrom: 'response' })
    })

    expect(notices.filter(({ kind }) => kind === 'outage over')).toHaveLength(1)
  })

  it('is waited out by batches too, with probes of one event', async () => {
    const requests: { size: number; at: number }[] = []
    const { summary } = await deliver({
      clock,
      ...outage,
      batchSize: 10,
      concurrency: 2,
      runtime: createReceiver({
        sleep: (milliseconds) => clock.sleep(milliseconds),
        latency: () => 50,
        onRequest: ({ length: size }) => requests.push({ size, at: clock.now() }),
        respond: downUntil(20 * MINUTES)
      })
    })

    const probes = requests.filter(({ at }) => at > MINUTES && at < 20 * MINUTES)
    expect(new Set(probes.map(({ size }) => size))).toEqual(new Set([1]))
    expect(summary.tally.counts.delivered).toBe(400)
  })

  it.each([404, 413])('rejects no event because a batch with one as a probe is refused: %d', async (status) => {
    const refuse = async (events: SegmentEvent[]) => {
      await clock.sleep(50)
      const response = clock.now() < MINUTES ? downUntil(MINUTES)() : { ...REJECTED, status }
      return events.map((): AttemptResult[] => [{ mapping: 0, scope: 'request', ...response }])
    }
    const receiver = createReceiver({
      sleep: (milliseconds) => clock.sleep(milliseconds),
      latency: () => 50,
      respond: downUntil(MINUTES)
    })
    const { summary } = await deliver({
      clock,
      ...outage,
      batchSize: 10,
      concurrency: 2,
      runtime: { ...receiver, attemptBatch: refuse }
    })

    expect(summary.tally.counts).toMatchObject({ delivered: 400, rejected: 0 })
  })

  it.each<[string, Response, string, number]>([
    ['no response comes', { outcome: 'retryable', errorCode: 'ETIMEDOUT', reason: 'Timeout.' }, 'delivered', 1],
    ['the receiver fails, which may be about that event', { ...DOWN, status: 500 }, 'failed', 0]
  ])('of the last event is one if %s', async (_why, failure, outcome, outages) => {
    const { results, notices } = await deliver({
      clock,
      ...outage,
      retries: 5,
      respond: ({ messageId }) => (messageId === '400' && clock.now() < 20 * MINUTES ? failure : DELIVERED)
    })

    expect(results.at(-1)).toMatchObject({ messageId: '400', outcome })
    expect(notices.filter(({ kind }) => kind === 'outage over')).toHaveLength(outages)
  })

  it('is over although one event is at fault under one of its mappings', async () => {
    const fails = ({ messageId }: SegmentEvent, mapping: number) => messageId === '1' && mapping === 1
    const attempt: DeliveryOptions['runtime']['attempt'] = async (event, open) => {
      await clock.sleep(50)
      return open.map((mapping) => {
        const response = fails(event, mapping) ? { ...DOWN, status: 500 } : downUntil(2 * MINUTES)()
        return { mapping, scope: 'event', ...response }
      })
    }
    const { summary } = await deliver({
      clock,
      ...outage,
      runtime: {
        mappings: [{ name: 'A' }, { name: 'B' }],
        route: () => ({ mappings: [0, 1] }),
        attempt,
        attemptBatch: async (events, open) => Promise.all(events.map((event) => attempt(event, open)))
      }
    })

    expect(summary.tally.counts).toMatchObject({ delivered: 399, failed: 1 })
    expect(clock.now()).toBeLessThan(4 * MINUTES)
  })

  it('is none if an event fails while others are delivered', async () => {
    const { results, notices } = await deliver({
      clock,
      ...outage,
      concurrency: 1,
      latency: 1000,
      respond: ({ messageId }) => (messageId === '30' ? DOWN : DELIVERED)
    })

    expect(results.filter(({ outcome }) => outcome !== 'delivered')).toMatchObject([{ messageId: '30', attempts: 6 }])
    expect(notices.filter(({ kind }) => kind === 'outage')).toEqual([])
  })

  it('is none before the first delivery, even if an earlier run has delivered', async () => {
    const checkpoint = { file: file('checkpoint'), options: {} }
    const options = { ...outage, checkpoint }
    await deliver({ clock, ...options, maxOutage: MINUTES, respond: downUntil(Infinity) })
    const refused = { outcome: 'retryable', errorCode: 'ECONNREFUSED', reason: 'Refused.' } as const
    clock = new VirtualClock()
    const { summary } = await deliver({ clock, ...options, respond: () => refused })

    expect(summary.stopReason).toMatchObject({ kind: 'unreachable', isKnownAddress: true })
    expect(clock.now()).toBeLessThan(1000)
  })

  it('is in the progress, and a checkpoint is written before', async () => {
    const seen: unknown[] = []
    const checkpoint = { file: file('checkpoint'), options: {} }
    await deliver({
      clock,
      ...outage,
      checkpoint,
      respond: downUntil(30_000),
      onStart: (delivery) =>
        clock.after(20_000, () => {
          const [, delivered] = /"delivered":(\d+)/.exec(readFileSync(checkpoint.file, 'utf8')) ?? []
          seen.push(delivery.progress().waiting, delivered === String(delivery.progress().events))
        })
    })

    expect(seen).toEqual([
      { for: 'outage', elapsed: expect.closeTo(20_000, -3) as number, left: expect.any(Number) as number },
      true
    ])
  })

  it('ends at once if a person stops the run, which does not wait for the probe', async () => {
    let stoppedAt = 0
    const { summary, results } = await deliver({
      clock,
      ...outage,
      runtime: createReceiver({
        sleep: (milliseconds) => clock.sleep(milliseconds),
        latency: () => (clock.now() < 200 ? 50 : 10_000),
        respond: downUntil(Infinity)
      }),
      onStart: (delivery) => {
        const stopDuringProbe = () => {
          if (delivery.progress().inFlight > 0) {
            stoppedAt = clock.now()
            delivery.stop()
          } else {
            clock.after(1000, stopDuringProbe)
          }
        }
        clock.after(2 * MINUTES, stopDuringProbe)
      }
    })

    expect(clock.now()).toBe(stoppedAt)
    expect(summary).toMatchObject({ isAbandoned: true, stopReason: { kind: 'interrupted' } })
    expect(summary.continueAt).toMatchObject({ line: results.length + 1 })
  })
})

it('a wait can be longer than a timer of Node', () => {
  jest.useFakeTimers()
  const done = jest.fn()
  SYSTEM_CLOCK.after(30 * DAYS, done)
  SYSTEM_CLOCK.after(30 * DAYS, done)()

  jest.advanceTimersByTime(30 * DAYS - 1)
  expect(done).not.toHaveBeenCalled()
  jest.advanceTimersByTime(1)
  expect(done).toHaveBeenCalledTimes(1)
  expect(jest.getTimerCount()).toBe(0)
})

describe('a batch that is not full', () => {
  it('waits 200 ms for more events', async () => {
    const { times, sent } = await deliver({ clock, inputs: [slowly(numbered(4), 3)], batchSize: 10 })

    expect(sent).toEqual(['1', '2', '3', '4'])
    expect(times).toEqual([200, 200, 200, 5000])
  })
})

describe('a run that stops', () => {
  const inOneSecond = { onStart: (delivery: { stop(): void }) => clock.after(1000, () => delivery.stop()) }

  it.each([
    ['a retry', { retries: 5, respond: () => ({ ...DOWN, retryAfter: 3000 }) }, ['1']],
    ['its rate', { rate: 0.1 }, ['1']],
    ['a receiver that asks to wait', { retries: 5, respond: () => ({ ...DOWN, retryAfter: 60_000 }) }, ['1']],
    ['its next checkpoint', { latency: 400, checkpoint: 'checkpoint' }, ['1', '2', '3']]
  ])('waits no longer for %s', async (_what, { checkpoint, ...options }: Waiting, expected) => {
    const { sent, summary } = await deliver({
      clock,
      lines: numbered(10),
      ...inOneSecond,
      ...options,
      checkpoint: checkpoint === undefined ? undefined : { file: file(checkpoint), options: {} }
    })

    expect(sent).toEqual(expected)
    expect(summary.stopReason).toEqual({ kind: 'interrupted' })
    expect(clock.now()).toBeLessThan(1300)
    expect(clock.running).toBe(0)
  })

  it('waits no longer for a batch to fill up, and for input, which it closes', async () => {
    const input = slowly(numbered(4), 3)
    const stream = input.open()
    const { sent } = await deliver({
      clock,
      inputs: [{ ...input, open: () => stream }],
      batchSize: 10,
      onStart: (delivery) => clock.after(100, () => delivery.stop())
    })

    expect(sent).toEqual([])
    expect(stream.destroyed).toBe(true)
    // The source of the stream still waits for its last event.
    expect(clock.running).toBe(1)
  })

  it('can be interrupted while it saves the remaining events', async () => {
    let interrupt = () => undefined as void
    let settled = 0
    const { results, summary } = await deliver({
      clock,
      lines: numbered(2000),
      undelivered: file('undelivered'),
      respond: () => ({ ...REJECTED, status: 401 }),
      onStart: (delivery) => (interrupt = () => delivery.stop()),
      notify: ({ kind }) => {
        settled += kind === 'settled' ? 1 : 0
        if (kind === 'settled' && settled === 500) {
          interrupt()
        }
      }
    })

    expect(results).toHaveLength(500)
    expect(summary.stopReason).toEqual({ kind: 'interrupted' })
    expect(summary.continueAt).toMatchObject({ line: 501 })
  })
})

interface Waiting {
  retries?: number
  rate?: number
  latency?: number
  checkpoint?: string
  respond?(): typeof DOWN
}

/** An input whose first events are there at once, and the others after 5 s. */
function slowly(lines: object[], first: number) {
  const bytes = (events: object[]) => Buffer.from(events.map((event) => `${JSON.stringify(event)}\n`).join(''))
  return {
    ...inputOf([]),
    open: () =>
      Readable.from(
        (async function* () {
          yield bytes(lines.slice(0, first))
          await clock.sleep(5000)
          yield bytes(lines.slice(first))
        })()
      )
  }
}
