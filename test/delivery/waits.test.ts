import { Readable } from 'node:stream'
import type { AttemptResult } from '../../src/runtime'
import { temporaryFolder } from '../temporary-folder'
import { deliver, DOWN, inputOf, numbered, REJECTED } from './deliver'
import { DELIVERED } from './receiver'
import { VirtualClock } from './virtual-clock'

const MINUTES = 60_000

const file = temporaryFolder()
let clock: VirtualClock

beforeEach(() => {
  clock = new VirtualClock()
})

afterEach(() => jest.restoreAllMocks())

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
