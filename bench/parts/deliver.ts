import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { median } from 'simple-statistics'
import { sendBatches, sendEvents } from '../delivery/bare-loop'
import { measureRate, rateFigures } from '../delivery/rate'
import { checkReceived, startReceiver } from '../delivery/receiver-process'
import type { ReceiverProcess } from '../delivery/receiver-process'
import type { Received } from '../delivery/receiver'
import { CONCURRENCY, runDelivery } from '../delivery/run-delivery'
import { historyEvent, writeEvents } from '../delivery/write-events'
import { TYPES } from '../events'
import type { BenchEvent } from '../events'
import { atLeast } from '../figure'
import type { Figure } from '../figure'
import type { PartResult } from '../part'
import { eventsPerSecond, rotate } from '../rotation'
import type { Task } from '../rotation'
import { ratioOf, spreadOf } from '../rounds'
import type { Rounds } from '../rounds'

const SINGLE = 3000
const BATCHED = 30_000
const BATCH_SIZE = 100
const LATENCY = 50

const LOOP = 'bare loop of onEvent'
const DELIVER = 'deliver'
const BATCH_LOOP = 'bare loop of onBatch'
const BATCH = 'deliver --batch'
const control = (name: string) => `${name} (control)`
const slow = (name: string) => `${name}, ${LATENCY} ms latency`

/** Events per second of `deliver`, to a receiver in another process. */
export async function measure(rounds: number): Promise<PartResult> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-deliver-'))
  const receiver = await startReceiver()
  try {
    const warmUp = rounds > 1 ? 1 : 0
    const values = await rotate(await tasks(receiver, folder), Math.ceil(rounds / 2), eventsPerSecond, warmUp)
    const received = await measureRate(receiver, folder)
    return {
      tables: [
        {
          title: 'deliver',
          head: ['To a receiver in another process', 'Events per second'],
          rows: Object.entries(values).map(([name, row]) => [name, Math.round(median(row)).toLocaleString('en-US')])
        }
      ],
      figures: figuresOf(values, received)
    }
  } finally {
    receiver.close()
    await rm(folder, { recursive: true })
  }
}

export function figuresOf(values: Rounds, received: Pick<Received, 'seconds'>): Figure[] {
  const spread = spreadOf(values, LOOP, control(LOOP))
  const batchSpread = spreadOf(values, BATCH_LOOP, control(BATCH_LOOP))
  const limit = (1000 * CONCURRENCY) / LATENCY
  const ofLimit = median(values[slow(DELIVER)].map((rate, round) => rate / Math.min(limit, values[LOOP][round])))
  const slowBatch = ratioOf(values, slow(BATCH), BATCH)
  return [
    atLeast(0.8, `deliver ÷ ${LOOP}`, ratioOf(values, DELIVER, LOOP), spread),
    atLeast(0.8, `deliver --batch ÷ ${BATCH_LOOP}`, ratioOf(values, BATCH, BATCH_LOOP), batchSpread),
    atLeast(0.7, `deliver at ${LATENCY} ms ÷ lesser of concurrency ÷ latency and bare loop`, ofLimit, spread),
    atLeast(0.7, `deliver --batch at ${LATENCY} ms ÷ without latency`, slowBatch, batchSpread),
    ...rateFigures(received, spread)
  ]
}

/** Each run proves that every event arrived exactly once. */
async function tasks(receiver: ReceiverProcess, folder: string): Promise<Task[]> {
  const { url } = receiver
  const task = (name: string, events: number, run: () => Promise<void>, latency?: number): Task => ({
    name,
    events,
    run,
    before: async () => void (await receiver.restart({ latency })),
    after: async () => checkReceived(await receiver.restart({}), events, name)
  })
  const few = path.join(folder, 'few.ndjson')
  const many = path.join(folder, 'many.ndjson')
  await writeEvents(few, 0, SINGLE)
  await writeEvents(many, 0, BATCHED)
  let runs = 0
  const deliver = (file: string, batchSize?: number) => () =>
    runDelivery({ paths: [file], url, batchSize, checkpoint: path.join(folder, `${runs++}.checkpoint`) })
  const events = Array.from({ length: SINGLE }, (_, number) => historyEvent(number))
  const batches = readyBatches()
  return [
    task(LOOP, SINGLE, () => sendEvents(url, events)),
    task(control(LOOP), SINGLE, () => sendEvents(url, events)),
    task(DELIVER, SINGLE, deliver(few)),
    task(slow(DELIVER), SINGLE, deliver(few), LATENCY),
    task(BATCH_LOOP, BATCHED, () => sendBatches(url, batches)),
    task(control(BATCH_LOOP), BATCHED, () => sendBatches(url, batches)),
    task(BATCH, BATCHED, deliver(many, BATCH_SIZE)),
    task(slow(BATCH), BATCHED, deliver(many, BATCH_SIZE), LATENCY)
  ]
}

function readyBatches(): BenchEvent[][] {
  return Array.from({ length: BATCHED / BATCH_SIZE }, (_, batch) => {
    const turn = Math.floor(batch / TYPES.length) * TYPES.length * BATCH_SIZE
    const first = turn + (batch % TYPES.length)
    return Array.from({ length: BATCH_SIZE }, (_, index) => historyEvent(first + index * TYPES.length))
  })
}
