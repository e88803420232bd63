import type { SegmentEvent } from '@segment/actions-core'
import fc from 'fast-check'
import type { EventRead } from '../../src/delivery/inputs/read-events'
import type { EventResult } from '../../src/delivery/result'
import { KeyOrder } from '../../src/delivery/order'
import { Run } from '../../src/delivery/run'
import { createReceiver, DELIVERED } from './receiver'
import type { Response } from './receiver'
import { VirtualClock } from './virtual-clock'

interface Message extends SegmentEvent {
  messageId: string
  reads: string[]
  writes: string[]
}

const FAULTS: Response[] = [
  { outcome: 'retryable', status: 503, reason: 'Down.' },
  { outcome: 'retryable', status: 429, retryAfter: 2000, reason: 'Too fast.' },
  { outcome: 'retryable', status: 408, reason: 'Too slow.' },
  { outcome: 'rejected', status: 400, reason: 'Malformed.' }
]

const keys = fc.subarray(['a', 'b', 'c'], { minLength: 1 })
const event = fc.record({ keys, writes: fc.boolean() })
const scenario = fc.record({
  events: fc.array(event, { maxLength: 40 }),
  latencies: fc.infiniteStream(fc.nat(1000)),
  // Index of a fault, or none.
  faults: fc.infiniteStream(fc.nat(3 * FAULTS.length)),
  chunk: fc.integer({ min: 1, max: 10 }),
  batchSize: fc.constantFrom(undefined, 2, 5, 100),
  concurrency: fc.integer({ min: 1, max: 8 })
})

function toMessage({ keys, writes }: { keys: string[]; writes: boolean }, index: number): Message {
  return { type: 'track', messageId: String(index), reads: writes ? [] : keys, writes: writes ? keys : [] }
}

function inConflict(a: Message, b: Message): boolean {
  const keysOf = ({ reads, writes }: Message) => [...reads, ...writes]
  return a.writes.some((key) => keysOf(b).includes(key)) || b.writes.some((key) => keysOf(a).includes(key))
}

async function* inChunks(messages: Message[], size: number): AsyncGenerator<EventRead[]> {
  const reads = messages.map((message, index): EventRead => ({
    file: 'events',
    input: 0,
    unit: 'line',
    line: index + 1,
    raw: JSON.stringify(message),
    bytes: 100,
    event: message
  }))
  for (let start = 0; start < reads.length; start += size) {
    yield reads.slice(start, start + size)
  }
}

describe('any events, latency and faults', () => {
  it('are settled once each, and in the order of the input for every key, in single requests and in batches', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ events, latencies, faults, chunk, batchSize, concurrency }) => {
        const clock = new VirtualClock()
        const messages = events.map(toMessage)
        const settled = new Set<string>()
        const inFlight = new Set<Message>()
        const violations: string[] = []
        const run = new Run({
          events: inChunks(messages, chunk),
          runtime: createReceiver({
            sleep: (milliseconds) => clock.sleep(milliseconds),
            latency: () => latencies.next().value as number,
            respond: () => FAULTS[faults.next().value as number] ?? DELIVERED,
            onRequest: (batch) => {
              for (const message of batch as Message[]) {
                const others = messages.filter((other) => other !== message && inConflict(message, other))
                violations.push(
                  ...others
                    .filter(
                      (other) =>
                        inFlight.has(other) || (+other.messageId < +message.messageId && !settled.has(other.messageId))
                    )
                    .map((other) => `${message.messageId} overtakes ${other.messageId}`)
                )
                inFlight.add(message)
              }
            },
            onResponse: (batch) => batch.forEach((message) => inFlight.delete(message as Message))
          }),
          select: () => ({ mappings: [0] }),
          keysOf: (each) => each as Message,
          concurrency,
          batchSize,
          retries: 50,
          remaining: 'leave',
          notify: (notice) => {
            if (notice.kind === 'settled') {
              violations.push(...(settled.has(idOf(notice.result)) ? [`${idOf(notice.result)} is settled twice`] : []))
              settled.add(idOf(notice.result))
            }
          },
          clock
        })

        await clock.run(run.execute())

        expect(violations).toEqual([])
        expect(settled.size).toBe(messages.length)
        expect(run.schedule.size).toBe(0)
      }),
      { numRuns: 300 }
    )
  })
})

function idOf({ messageId = '' }: EventResult): string {
  return messageId
}

describe('a writer', () => {
  it('waits for the unsettled readers alone, however many came and went before it', () => {
    const order = new KeyOrder<string>()
    const read = (item: string) => order.add(item, { reads: ['a'], writes: [] })
    const first = read('first')
    for (let index = 0; index < 50; index++) {
      order.settle(read(`reader ${index}`))
    }
    const last = read('last')

    const writer = order.add('writer', { reads: [], writes: ['a'] })

    expect(writer.blockers).toBe(2)
    expect(order.settle(first)).toEqual([])
    expect(order.settle(last)).toEqual([writer])
  })

  it('is waited for by the readers behind it, and not by those before it', () => {
    const order = new KeyOrder<string>()
    const before = order.add('before', { reads: ['a'], writes: [] })
    const writer = order.add('writer', { reads: [], writes: ['a'] })
    const behind = order.add('behind', { reads: ['a'], writes: [] })

    expect([before.blockers, writer.blockers, behind.blockers]).toEqual([0, 1, 1])
    expect(order.settle(before)).toEqual([writer])
    expect(order.settle(writer)).toEqual([behind])
  })
})
