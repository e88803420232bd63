import type { SegmentEvent } from '@segment/actions-core'
import type { EventRead } from '../../src/delivery/inputs/read-events'
import type { Notice } from '../../src/delivery/notice'
import { Run } from '../../src/delivery/run'
import type { RunOptions } from '../../src/delivery/run'
import { createReceiver, DELIVERED } from './receiver'
import type { Response } from './receiver'
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
  // Waits have the same jitter each time.
  let random = 1
  jest.spyOn(Math, 'random').mockImplementation(() => (random = (random * 16_807) % 2_147_483_647) / 2_147_483_647)
})

afterEach(() => jest.restoreAllMocks())

function createRun(options: Partial<RunOptions> & Pick<RunOptions, 'events' | 'runtime'>): Run {
  return new Run({
    select: () => ({ mappings: [0] }),
    keysOf: () => ({ reads: [], writes: [] }),
    concurrency: 64,
    retries: 5,
    maxOutage: 60 * 60_000,
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

describe('an answer that is retryable, if all answers of a moment are', () => {
  it.each([
    [32, { status: 408 }],
    [32, { status: 429 }],
    [32, { status: 503 }],
    [32, { status: 504 }],
    [32, { errorCode: 'ECONNRESET' }],
    [64, { status: 423 }],
    [64, { status: 500 }],
    [64, { status: 502 }]
  ])('leaves %d of 64 requests in flight if it has %j', async (expected, response) => {
    let inFlight = 0
    let peak = 0
    const run = createRun({
      events: independent(2500),
      runtime: createReceiver({
        sleep,
        latency: () => 50,
        respond: () =>
          clock.now() >= 1000 && clock.now() < 1050
            ? { outcome: 'retryable', reason: 'Down.', ...response }
            : { outcome: 'delivered' },
        onRequest: () => {
          inFlight++
          peak = clock.now() > 1050 && clock.now() <= 1100 ? Math.max(peak, inFlight) : peak
        },
        onResponse: () => inFlight--
      })
    })

    await clock.run(run.execute())

    expect(peak).toBe(expected)
    expect(settled()).toHaveLength(2500)
  })
})

describe('a few requests that fail', () => {
  it('are no overload, so that nearly all requests stay in flight', async () => {
    let requests = 0
    let lowest = 64
    const run: Run = createRun({
      events: independent(20_000),
      runtime: createReceiver({
        sleep,
        latency: () => 50,
        respond: () => (++requests % 100 === 0 ? { outcome: 'retryable', status: 503, reason: 'Down.' } : DELIVERED),
        onResponse: () => (lowest = clock.now() < 1000 ? 64 : Math.min(lowest, run.throttle.limit))
      })
    })

    await clock.run(run.execute())

    expect(settled().filter(({ outcome }) => outcome === 'delivered')).toHaveLength(20_000)
    expect(lowest).toBe(64)
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

describe('an event that is not confirmed', () => {
  const failing = { outcome: 'retryable', status: 503, reason: 'Down.' } as const

  /** Milliseconds between the requests for one event, until it is settled. */
  async function waitsOf(respond: (attempt: number) => Response, retries: number): Promise<number[]> {
    const times: number[] = []
    const run = createRun({
      events: independent(1),
      retries,
      runtime: createReceiver({ sleep, respond: () => respond(times.push(clock.now())) })
    })
    await clock.run(run.execute())
    return times.slice(1).map((time, index) => time - times[index])
  }

  afterEach(() => jest.restoreAllMocks())

  it('is sent again until it is accepted', async () => {
    expect(await waitsOf((attempt) => (attempt < 3 ? failing : DELIVERED), 5)).toHaveLength(2)

    expect(settled()).toMatchObject([{ outcome: 'delivered', attempts: 3 }])
  })

  it('has failed once it was sent as often as allowed, after waits that double up to 30 s and vary', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0.5)

    expect(await waitsOf(() => failing, 6)).toEqual([1500, 3000, 6000, 12_000, 24_000, 30_000])

    expect(settled()).toMatchObject([{ outcome: 'failed', reason: 'Down.', status: 503, attempts: 7 }])
  })

  it('has failed at once if the receiver asks to wait for more than an hour', async () => {
    expect(await waitsOf(() => ({ ...failing, retryAfter: 3_600_001 }), 5)).toEqual([])

    expect(settled()).toMatchObject([{ outcome: 'failed', attempts: 1 }])
  })

  it('is not waited for if the user stops the run, and stays for the next', async () => {
    const run: Run = createRun({
      events: independent(1),
      runtime: createReceiver({ sleep: () => Promise.resolve(), respond: () => failing }),
      notify: (notice) => notice.kind === 'retry' && setImmediate(() => run.stop({ kind: 'interrupted' }))
    })

    await run.execute()

    expect([run.schedule.size, clock.now()]).toEqual([1, 0])
  })
})

describe('an event that goes to several mappings', () => {
  it.each<[Response['outcome'][], string]>([
    [['delivered', 'delivered'], 'delivered'],
    [['delivered', 'rejected', 'delivered'], 'rejected'],
    [['retryable', 'rejected'], 'failed']
  ])('of outcomes %j has the worst: %s', async (outcomes, worst) => {
    const all = outcomes.map((_, mapping) => mapping)
    const send = async () => outcomes.map((outcome, mapping) => ({ mapping, outcome, scope: 'event' }) as const)
    const run = createRun({
      events: independent(1),
      select: () => ({ mappings: all }),
      retries: 0,
      runtime: {
        mappings: outcomes.map((_, mapping) => ({ name: `M${mapping}` })),
        attempt: send,
        attemptBatch: async () => [await send()]
      }
    })

    await clock.run(run.execute())

    expect(settled()).toMatchObject([{ outcome: worst }])
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
  let held: number
  let largest: number

  /** All other events wait for the first. */
  const behindTheFirst: RunOptions['keysOf'] = ({ messageId }) =>
    messageId === '1' ? { reads: [], writes: ['one'] } : { reads: ['one'], writes: [] }

  const countHeld = (): Pick<RunOptions, 'select' | 'notify'> => ({
    select: () => {
      largest = Math.max(largest, ++held)
      return { mappings: [0] }
    },
    notify: (notice) => {
      notices.push(notice)
      held -= notice.kind === 'settled' ? 1 : 0
    }
  })

  async function* large(count: number): AsyncGenerator<EventRead[]> {
    for await (const chunk of independent(count)) {
      yield chunk.map((read) => ({ ...read, bytes: 1024 * 1024 }))
    }
  }

  beforeEach(() => {
    held = 0
    largest = 0
  })

  it('has at most 20,000 events, even if one key holds everything up', async () => {
    const run = createRun({
      events: independent(30_000),
      keysOf: behindTheFirst,
      batchSize: 1000,
      runtime: createReceiver({ sleep, latency: () => 10 }),
      ...countHeld()
    })

    await clock.run(run.execute())

    expect(largest).toBe(20_000)
    expect(settled()).toHaveLength(30_000)
  })

  it('has at most 64 MiB, and makes room for more', async () => {
    const run = createRun({
      events: large(200),
      runtime: createReceiver({ sleep, latency: () => 10 }),
      ...countHeld()
    })

    await clock.run(run.execute())

    expect(largest).toBe(64)
    expect(settled()).toHaveLength(200)
  })

  it('does not wait for an event that failed for good', async () => {
    const run = createRun({
      events: large(100),
      keysOf: behindTheFirst,
      retries: 0,
      runtime: createReceiver({
        sleep,
        respond: ({ messageId }) => ({ outcome: messageId === '1' ? 'retryable' : 'delivered' })
      }),
      ...countHeld()
    })

    await clock.run(run.execute())

    expect(settled().map(({ outcome }) => outcome)).toEqual(['failed', ...Array<string>(99).fill('delivered')])
  })
})

describe('a person who interrupts a run that has stopped', () => {
  it('ends it at once, although it still reads what remains', async () => {
    const run: Run = createRun({
      events: (async function* () {
        yield* independent(3)
        await new Promise(() => undefined)
      })(),
      retries: 0,
      remaining: 'settle',
      runtime: createReceiver({ sleep, respond: () => ({ outcome: 'retryable', status: 503 }) })
    })
    clock.after(5000, () => run.stop({ kind: 'interrupted' }))

    await clock.run(run.execute())

    expect(run.stopReason).toEqual({ kind: 'interrupted' })
  })
})
