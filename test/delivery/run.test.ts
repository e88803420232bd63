import type { SegmentEvent } from '@segment/actions-core'
import type { EventRead } from '../../src/delivery/inputs/read-events'
import type { Notice } from '../../src/delivery/notice'
import { Run } from '../../src/delivery/run'
import type { RunOptions } from '../../src/delivery/run'
import { createReceiver } from './receiver'
import { VirtualClock } from './virtual-clock'

/** Events that share no key, in chunks of 50. */
async function* independent(count: number): AsyncGenerator<EventRead[]> {
  for (let start = 0; start < count; start += 50) {
    yield Array.from({ length: Math.min(50, count - start) }, (_, index): EventRead => {
      const line = start + index + 1
      return { file: 'a', input: 0, unit: 'line', line, raw: `{${line}}`, bytes: 1000, event: eventAt(line) }
    })
  }
}

function eventAt(line: number): SegmentEvent {
  return { type: 'track', messageId: String(line) }
}

let clock: VirtualClock
let notices: Notice[]

beforeEach(() => {
  clock = new VirtualClock()
  notices = []
})

function createRun(options: Partial<RunOptions> & Pick<RunOptions, 'events' | 'runtime'>): Run {
  return new Run({
    select: () => 'deliver',
    keysOf: () => ({ reads: [], writes: [] }),
    concurrency: 64,
    retries: 5,
    remaining: 'leave',
    notify: (notice) => notices.push(notice),
    clock,
    ...options
  })
}

const settled = () => notices.flatMap((notice) => (notice.kind === 'settled' ? [notice.result] : []))
const sleep = (milliseconds: number) => clock.sleep(milliseconds)

describe('concurrency', () => {
  it('starts low, grows to its maximum while responses are healthy, and never passes it', async () => {
    let inFlight = 0
    const levels: number[] = []
    const run = createRun({
      events: independent(2000),
      concurrency: 16,
      runtime: createReceiver({
        sleep,
        latency: () => 50,
        onRequest: () => levels.push(++inFlight),
        onResponse: () => inFlight--
      })
    })

    await clock.run(run.execute())

    expect(Math.max(...levels.slice(0, 4))).toBe(4)
    expect(Math.max(...levels)).toBe(16)
    expect(clock.now()).toBeLessThan((2000 / 16) * 50 * 1.1)
  })

  it('falls to a part if the receiver is overloaded, and grows again', async () => {
    let inFlight = 0
    let isOverloaded = false
    const limits: number[] = []
    const run: Run = createRun({
      events: independent(4000),
      runtime: createReceiver({
        sleep,
        latency: () => 50,
        respond: () => {
          isOverloaded = inFlight > 20
          return isOverloaded ? { outcome: 'retryable', status: 503, reason: 'Down.' } : { outcome: 'delivered' }
        },
        onRequest: () => inFlight++,
        onResponse: () => {
          inFlight--
          limits.push(run.throttle.limit)
        }
      })
    })

    await clock.run(run.execute())

    expect(settled().every(({ outcome }) => outcome === 'delivered')).toBe(true)
    expect(Math.min(...limits.slice(200))).toBeGreaterThanOrEqual(5)
    expect(Math.max(...limits.slice(200))).toBeLessThanOrEqual(30)
  })
})

describe('a receiver that limits the rate', () => {
  it.each([
    [50, 5, 0],
    [200, 1, 0],
    [200, 1, 20],
    [200, 1, 40],
    [200, 50, 0],
    [400, 20, 0]
  ])(
    'of %d/s, at %d ms, gets nine tenths of it with few rejections, if timers are up to %d ms late',
    async (...values) => {
      const [limit, latency, lateness] = values
      let timers = 0
      let window = -1
      let used = 0
      let accepted = 0
      let rejected = 0
      const run = createRun({
        events: independent(limit * 60),
        clock: {
          now: () => clock.now(),
          after: (milliseconds, callback) => clock.after(milliseconds + ((timers++ * 7) % (lateness + 1)), callback)
        },
        runtime: createReceiver({
          sleep,
          latency: () => latency,
          respond: () => {
            const second = Math.floor(clock.now() / 1000)
            used = second === window ? used + 1 : 1
            window = second
            const isSettled = second >= 10
            if (used > limit) {
              rejected += isSettled ? 1 : 0
              return { outcome: 'retryable', status: 429, retryAfter: 1000, reason: 'Too fast.' }
            }
            accepted += isSettled ? 1 : 0
            return { outcome: 'delivered' }
          }
        })
      })

      await clock.run(run.execute())

      expect(accepted / (clock.now() / 1000 - 10) / limit).toBeGreaterThanOrEqual(0.9)
      expect(rejected / (accepted + rejected)).toBeLessThan(0.05)
    }
  )

  it.each([
    ['accepts nothing', 0, 30],
    ['accepts one event at a time', 1, 120]
  ])('is served at full speed soon after an outage in which it %s', async (_what, acceptedPerPause, seconds) => {
    let outage = 30
    let accepted = 0
    let endOfOutage = 0
    const run = createRun({
      events: independent(20_000),
      retries: 100,
      runtime: createReceiver({
        sleep,
        latency: () => 10,
        respond: () => {
          if (outage > 0) {
            endOfOutage = clock.now()
            if (accepted++ < acceptedPerPause) {
              return { outcome: 'delivered' }
            }
            accepted = 0
            outage--
            return { outcome: 'retryable', status: 429, retryAfter: 2000, reason: 'Too fast.' }
          }
          return { outcome: 'delivered' }
        }
      })
    })

    await clock.run(run.execute())

    expect(settled()).toHaveLength(20_000)
    expect((clock.now() - endOfOutage) / 1000).toBeLessThan(seconds)
  })

  it('is left alone for as long as it asks', async () => {
    const times: number[] = []
    let count = 0
    const run = createRun({
      events: independent(10),
      concurrency: 1,
      runtime: createReceiver({
        sleep,
        respond: () => {
          times.push(clock.now())
          return ++count === 3
            ? { outcome: 'retryable', status: 429, retryAfter: 7000, reason: 'Too fast.' }
            : { outcome: 'delivered' }
        }
      })
    })

    await clock.run(run.execute())

    expect(times[3] - times[2]).toBeGreaterThanOrEqual(7000)
    expect(notices).toContainEqual({ kind: 'pause', milliseconds: 7000 })
  })
})

describe('--rate', () => {
  it('is not exceeded, and is used', async () => {
    const run = createRun({
      events: independent(1000),
      rate: 100,
      runtime: createReceiver({ sleep, latency: () => 5 })
    })

    await clock.run(run.execute())

    expect(clock.now()).toBeGreaterThan(9900)
    expect(clock.now()).toBeLessThan(10_500)
  })
})

describe('results that wait for the disk', () => {
  it('hold up reading until they are written', async () => {
    let chunks = 0
    let write = () => undefined as void
    const written = new Promise<void>((resolve) => (write = resolve))
    const chunksRead: number[] = []
    const run = createRun({
      events: (async function* () {
        for await (const chunk of independent(200)) {
          chunks++
          yield chunk
        }
      })(),
      untilRecorded: () => written,
      runtime: createReceiver({ sleep })
    })

    const ended = clock.run(run.execute())
    clock.after(5000, () => {
      chunksRead.push(chunks)
      write()
    })
    await ended

    expect(chunksRead).toEqual([1])
    expect(settled()).toHaveLength(200)
  })
})

describe('what is held', () => {
  it('has at most 20,000 events, even if one key holds everything up', async () => {
    let largest = 0
    const run: Run = createRun({
      events: independent(30_000),
      // All others wait for the first.
      keysOf: ({ messageId }) => (messageId === '1' ? { reads: [], writes: ['one'] } : { reads: ['one'], writes: [] }),
      batchSize: 1000,
      runtime: createReceiver({
        sleep,
        latency: () => 10,
        onResponse: () => (largest = Math.max(largest, run.schedule.size))
      })
    })

    await clock.run(run.execute())

    expect(largest).toBeLessThanOrEqual(20_000)
    expect(largest).toBeGreaterThan(19_000)
    expect(settled()).toHaveLength(30_000)
  })
})
