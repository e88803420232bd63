import { Readable } from 'node:stream'
import type { SegmentEvent } from '@segment/actions-core'
import { Delivery } from '../../src/delivery/delivery'
import type { DeliveryOptions, DeliverySummary } from '../../src/delivery/delivery'
import type { Input } from '../../src/delivery/inputs/find-inputs'
import type { Notice } from '../../src/delivery/notice'
import type { EventResult } from '../../src/delivery/result'
import { createReceiver, DELIVERED } from './receiver'
import type { Response } from './receiver'
import { VirtualClock } from './virtual-clock'

interface Options extends Partial<Omit<DeliveryOptions, 'clock'>> {
  /** The lines of the only input. Default: those of `inputs`. */
  lines?: readonly (string | object)[]
  clock?: VirtualClock
  /** Milliseconds until a response. */
  latency?: number
  respond?(event: SegmentEvent, delivery: Delivery): Response
  /** Called before the first event is read. */
  onStart?(delivery: Delivery): void
}

export interface Attempt {
  summary: DeliverySummary
  /** Message IDs in the order of their requests, and when each of these started. */
  sent: string[]
  times: number[]
  /** What became of the events, in the order in which they were settled. */
  results: EventResult[]
  notices: Notice[]
  /** Whether an earlier run had settled everything. */
  wasFinished: boolean
}

export const DOWN: Response = { outcome: 'retryable', status: 503, reason: 'Down.' }
export const REJECTED: Response = { outcome: 'rejected', status: 400, reason: 'No.' }

/** Events with the message IDs 1, 2 and so on. */
export function numbered(count: number, more: object = {}): object[] {
  return Array.from({ length: count }, (_, index) => ({ type: 'track', messageId: String(index + 1), ...more }))
}

/** An input in memory. `readSize`: bytes that are read at once. */
export function inputOf(lines: readonly (string | object)[], name = 'events.ndjson', readSize = Infinity): Input {
  const text = lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('')
  return { name, open: () => Readable.from(inPieces(Buffer.from(text), readSize)) }
}

function* inPieces(bytes: Buffer, size: number): Generator<Buffer> {
  for (let start = 0; start < bytes.length; start += size) {
    yield bytes.subarray(start, start + size)
  }
}

/** Delivers in virtual time, one event after the other and each once, unless the options say something else. */
export async function deliver({
  lines = [],
  clock = new VirtualClock(),
  latency = 0,
  respond = () => DELIVERED,
  onStart = () => undefined,
  ...options
}: Options): Promise<Attempt> {
  const sent: string[] = []
  const times: number[] = []
  const notices: Notice[] = []
  const opening = Delivery.open({
    inputs: [inputOf(lines)],
    runtime: createReceiver({
      sleep: (milliseconds) => clock.sleep(milliseconds),
      latency: () => latency,
      respond: (event) => {
        sent.push(String(event.messageId))
        times.push(clock.now())
        return respond(event, delivery)
      }
    }),
    keysOf: () => ({ reads: [], writes: [] }),
    concurrency: 1,
    retries: 0,
    clock,
    ...options,
    notify: (notice) => {
      notices.push(notice)
      options.notify?.(notice)
    }
  })
  const delivery: Delivery = await clock.run(opening)
  const wasFinished = delivery.isFinished
  onStart(delivery)
  const summary = await clock.run(delivery.deliver())
  const results = notices.flatMap((notice) => (notice.kind === 'settled' ? [notice.result] : []))
  return { summary, sent, times, results, notices, wasFinished }
}
