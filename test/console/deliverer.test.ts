import { destination } from '../../src/catalog'
import { Deliverer } from '../../src/console/server/delivery/deliverer'
import { Destinations } from '../../src/console/server/destinations'
import type { DestinationRecord } from '../../src/console/server/destinations'
import { MessageLog } from '../../src/console/server/message-log'
import type { MessageRecord } from '../../src/console/server/message-record'
import { messageDetail } from '../../src/console/server/message-view'

const REMOVED = 'The destination was removed before this event was delivered.'

/** Responses of the destination, in the hands of the test. */
class Responses {
  private readonly waiting: { resolve: () => void; reject: (error: Error) => void }[] = []

  readonly perform = () =>
    new Promise<void>((resolve, reject) => {
      this.waiting.push({ resolve, reject })
    })

  get count(): number {
    return this.waiting.length
  }

  async succeed(): Promise<void> {
    this.waiting.shift()?.resolve()
    await settle()
  }

  async fail(status = 503): Promise<void> {
    this.waiting.shift()?.reject(Object.assign(new Error(`Status ${status}`), { status }))
    await settle()
  }
}

let responses: Responses
let log: MessageLog

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'performance', 'Date'] })
  responses = new Responses()
  log = new MessageLog(100)
})

afterEach(() => {
  jest.restoreAllMocks()
  jest.useRealTimers()
})

const settle = async () => {
  for (let turn = 0; turn < 5; turn++) {
    await new Promise(setImmediate)
  }
}

function createDeliverer(maxPending = 100, batching = false): Deliverer {
  return createDestination(maxPending, batching).deliverer
}

function createDestination(maxPending: number, batching: boolean): { deliverer: Deliverer; record: DestinationRecord } {
  const { identify } = destination.actions
  const definition = {
    ...destination,
    actions: { identify: { ...identify, perform: responses.perform, performBatch: undefined } }
  }
  const record = new Destinations(destination, () => definition).add({
    name: 'Astrolabe',
    catalogId: '',
    sourceId: 's'
  })
  const [mapping, ...others] = record.mappings.all()
  record.mappings.change(mapping.id, { fields: { ...mapping.fields, enable_batching: batching } })
  others.forEach(({ id }) => record.mappings.remove(id))
  record.version++
  const onChange = (changed: MessageRecord) => log.touch(changed)
  return {
    deliverer: new Deliverer(record, {
      definition: () => definition,
      maxPending,
      onChange,
      onKeyTest: () => undefined
    }),
    record
  }
}

function received(userId: string, traits = {}): MessageRecord {
  const event = { type: 'identify', userId, messageId: userId, traits }
  return log.add({
    messageId: userId,
    receivedAt: '2026-01-31T09:00:00.000Z',
    origin: 'client',
    sourceId: 'source-1',
    event
  })
}

const seen = (record: MessageRecord) => {
  const { outcome, sentence, attempts } = messageDetail(record)
  return { outcome, sentence, attempts }
}

const userOf = (record: MessageRecord) => {
  const { payload } = messageDetail(record).deliveries[0].mappings[0]
  return (payload as { user_id?: string } | undefined)?.user_id
}

const attemptsOf = (record: MessageRecord) => messageDetail(record).deliveries[0].mappings[0].attempts

describe('a destination that is removed or disabled', () => {
  it('fails the events that wait for another attempt, and clears their timers', async () => {
    const deliverer = createDeliverer()
    const record = received('u1')
    deliverer.deliver(record)
    await settle()
    await responses.fail()
    expect([seen(record).outcome, jest.getTimerCount()]).toEqual(['pending', 1])

    deliverer.stop(REMOVED)
    expect(seen(record)).toEqual({ outcome: 'failed', sentence: `Failed after 1 attempt: ${REMOVED}`, attempts: 1 })
    expect(attemptsOf(record)).toEqual([expect.not.objectContaining({ wait: expect.anything() })])
    expect([deliverer.pending, jest.getTimerCount()]).toEqual([0, 0])
  })

  it('fails the events that wait for their first attempt', async () => {
    const deliverer = createDeliverer()
    const [first, second] = [received('u1'), received('u1')]
    deliverer.deliver(first)
    deliverer.deliver(second)
    await settle()
    deliverer.stop(REMOVED)
    expect(seen(second)).toEqual({ outcome: 'failed', sentence: `Failed: ${REMOVED}`, attempts: 0 })

    await responses.succeed()
    expect([seen(first).outcome, seen(second).outcome, responses.count]).toEqual(['delivered', 'failed', 0])
  })

  it('fails the events that wait for a batch', () => {
    const deliverer = createDeliverer(100, true)
    const record = received('u1')
    deliverer.deliver(record)
    expect([seen(record).outcome, jest.getTimerCount()]).toEqual(['pending', 1])

    deliverer.stop(REMOVED)
    expect([seen(record).sentence, deliverer.pending, jest.getTimerCount()]).toEqual([`Failed: ${REMOVED}`, 0, 0])
  })

  it('lets the attempts end that are on their way, and makes no other', async () => {
    const deliverer = createDeliverer()
    const [delivered, failed] = [received('u1'), received('u2')]
    deliverer.deliver(delivered)
    deliverer.deliver(failed)
    await settle()
    deliverer.stop(REMOVED)
    expect([seen(delivered).outcome, seen(failed).outcome]).toEqual(['pending', 'pending'])

    await responses.succeed()
    await responses.fail()
    expect(seen(delivered).outcome).toBe('delivered')
    expect(seen(failed).sentence).toBe(`Failed after 1 attempt: ${REMOVED}`)
    expect([deliverer.pending, jest.getTimerCount()]).toEqual([0, 0])
  })

  it('still takes an event of the Test page once it is disabled', async () => {
    const deliverer = createDeliverer()
    deliverer.stop('The destination was disabled before this event was delivered.')
    const record = received('u1')
    deliverer.deliver(record)
    await settle()
    await responses.succeed()
    expect(seen(record).outcome).toBe('delivered')
  })
})

describe('an event that fails each time', () => {
  it('is attempted six times, after waits that double from a second', async () => {
    // No jitter.
    jest.spyOn(Math, 'random').mockReturnValue(0)
    const deliverer = createDeliverer()
    const record = received('u1')
    deliverer.deliver(record)
    await settle()
    for (const wait of [1000, 2000, 4000, 8000, 16_000]) {
      await responses.fail()
      await jest.advanceTimersByTimeAsync(wait - 1)
      expect(responses.count).toBe(0)
      await jest.advanceTimersByTimeAsync(1)
      await settle()
    }
    await responses.fail()

    expect(seen(record)).toEqual({ outcome: 'failed', sentence: 'Failed after 6 attempts: Status 503', attempts: 6 })
    expect([deliverer.pending, jest.getTimerCount()]).toEqual([0, 0])
  })
})

describe('an event that two mappings send', () => {
  const createTwice = (): Deliverer => {
    const { deliverer, record } = createDestination(100, false)
    const [{ name, action }] = record.mappings.all()
    record.mappings.add({ name, action })
    record.version++
    return deliverer
  }

  it.each([
    ['first', [400, 503]],
    ['second', [503, 400]]
  ])('waits, then fails, if only the %s is rejected', async (_which, statuses) => {
    const deliverer = createTwice()
    const record = received('u1')
    deliverer.deliver(record)
    await settle()
    for (const status of statuses) {
      await responses.fail(status)
    }
    expect(seen(record).outcome).toBe('pending')

    deliverer.stop(REMOVED)
    expect(seen(record)).toEqual({ outcome: 'failed', sentence: `Failed after 1 attempt: ${REMOVED}`, attempts: 2 })
  })

  it('waits as long as one of them may still deliver it', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0)
    const deliverer = createTwice()
    const record = received('u1')
    deliverer.deliver(record)
    await settle()
    for (const wait of [1000, 2000, 4000, 8000, 16_000]) {
      await responses.fail()
      await responses.fail()
      await jest.advanceTimersByTimeAsync(wait)
      await settle()
    }
    await responses.fail()
    expect([seen(record).outcome, deliverer.pending]).toEqual(['pending', 1])

    await responses.succeed()
    expect(seen(record)).toMatchObject({ outcome: 'failed', attempts: 12 })
  })

  it('is rejected if only one of them is delivered', async () => {
    const deliverer = createTwice()
    const record = received('u1')
    deliverer.deliver(record)
    await settle()
    await responses.succeed()
    await responses.fail(400)

    expect(seen(record)).toMatchObject({ outcome: 'rejected', attempts: 2 })
  })
})

describe('events that wait for a slow destination', () => {
  it('are bounded in number', () => {
    const { deliverer, record } = createDestination(2, false)
    const records = ['u1', 'u2', 'u3'].map((userId) => received(userId))
    records.forEach((record) => deliverer.deliver(record))

    expect([records.map((record) => seen(record).outcome), deliverer.pending]).toEqual([
      ['pending', 'pending', 'queue full'],
      2
    ])
    expect(seen(records[2]).sentence).toBe(
      "The console's queue is full: 2 messages are waiting, as many as it keeps. Send more slowly, or start it with a larger --keep. Segment has no such limit."
    )
    expect(record.statistics.overview({}, 2, () => undefined)).toMatchObject({ totals: { failed: 0 }, reasons: [] })
  })

  it('are bounded in bytes', async () => {
    const deliverer = createDeliverer()
    const records = ['u1', 'u2', 'u3'].map((userId) => received(userId, { text: 'x'.repeat(2_000_000) }))
    records.forEach((record) => deliverer.deliver(record))

    expect([records.map((record) => seen(record).outcome), deliverer.pending]).toEqual([
      ['pending', 'pending', 'queue full'],
      2
    ])
    await settle()
    await responses.succeed()
    const next = received('u4')
    deliverer.deliver(next)
    expect(seen(next).outcome).toBe('pending')
  })
})

describe('a mapping that changes while a batched event waits for a retry', () => {
  it('counts for newer events only', async () => {
    // No jitter: the retry comes after a second.
    jest.spyOn(Math, 'random').mockReturnValue(0)
    const { deliverer, record } = createDestination(100, true)
    const [older, newer] = [received('u1'), received('u2')]
    deliverer.deliver(older)
    await jest.advanceTimersByTimeAsync(1000)
    await responses.fail()
    const [{ id, fields }] = record.mappings.all()
    record.mappings.change(id, { fields: { ...fields, user_id: { '@template': 'new-{{userId}}' } } })
    record.version++

    // The retry comes while the newer event waits for a full batch.
    await jest.advanceTimersByTimeAsync(900)
    deliverer.deliver(newer)
    await jest.advanceTimersByTimeAsync(5000)
    await responses.succeed()
    await responses.succeed()
    expect([older, newer].map((message) => seen(message).outcome)).toEqual(['delivered', 'delivered'])
    expect([older, newer].map(userOf)).toEqual(['u1', 'new-u2'])
  })
})
