import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { median } from 'simple-statistics'
import { sendBatches, sendEvents } from '../delivery/bare-loop'
import { checkReceived, startReceiver } from '../delivery/receiver-process'
import type { ReceiverProcess } from '../delivery/receiver-process'
import { measureRate } from '../delivery/rate'
import { CONCURRENCY, runDelivery } from '../delivery/run-delivery'
import { historyEvent, writeEvents } from '../delivery/write-events'
import { TYPES } from '../events'
import type { BenchEvent } from '../events'
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
const LOOP_CONTROL = 'bare loop of onEvent (control)'
const DELIVER = 'deliver'
const DELIVER_SLOW = `deliver, ${LATENCY} ms latency`
const BATCH_LOOP = 'bare loop of onBatch'
const BATCH_LOOP_CONTROL = 'bare loop of onBatch (control)'
const BATCH = 'deliver --batch'
const BATCH_SLOW = `deliver --batch, ${LATENCY} ms latency`

/** Events per second of `deliver`, to a receiver in another process. */
export async function measure(rounds: number): Promise<PartResult> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-deliver-'))
  const receiver = await startReceiver()
  try {
    const few = path.join(folder, 'few.ndjson')
    const many = path.join(folder, 'many.ndjson')
    await writeEvents(few, 0, SINGLE)
    await writeEvents(many, 0, BATCHED)
    let runs = 0
    const deliver = (file: string, batchSize?: number) => () =>
      runDelivery({
        paths: [file],
        url: receiver.url,
        batchSize,
        checkpoint: path.join(folder, `${runs++}.checkpoint`)
      })
    const events = Array.from({ length: SINGLE }, (_, number) => historyEvent(number))
    const batches = readyBatches()
    const { url } = receiver

    const tasks = [
      taskOf(receiver, LOOP, SINGLE, () => sendEvents(url, events)),
      taskOf(receiver, LOOP_CONTROL, SINGLE, () => sendEvents(url, events)),
      taskOf(receiver, DELIVER, SINGLE, deliver(few)),
      taskOf(receiver, DELIVER_SLOW, SINGLE, deliver(few), LATENCY),
      taskOf(receiver, BATCH_LOOP, BATCHED, () => sendBatches(url, batches)),
      taskOf(receiver, BATCH_LOOP_CONTROL, BATCHED, () => sendBatches(url, batches)),
      taskOf(receiver, BATCH, BATCHED, deliver(many, BATCH_SIZE)),
      taskOf(receiver, BATCH_SLOW, BATCHED, deliver(many, BATCH_SIZE), LATENCY)
    ]
    const values = await rotate(tasks, Math.ceil(rounds / 3), eventsPerSecond, 1)
    return {
      tables: [
        {
          title: 'deliver',
          head: ['To a receiver in another process', 'Events per second'],
          rows: Object.entries(values).map(([name, row]) => [name, Math.round(median(row)).toLocaleString('en-US')])
        }
      ],
      figures: [...figuresOf(values), ...(await measureRate(receiver, folder))]
    }
  } finally {
    receiver.close()
    await rm(folder, { recursive: true })
  }
}

export function figuresOf(values: Rounds): Figure[] {
  const spread = spreadOf(values, LOOP, LOOP_CONTROL)
  const batchSpread = spreadOf(values, BATCH_LOOP, BATCH_LOOP_CONTROL)
  const limit = (1000 * CONCURRENCY) / LATENCY
  return [
    {
      name: 'deliver ÷ bare loop of onEvent',
      threshold: { atLeast: 0.8 },
      value: ratioOf(values, DELIVER, LOOP),
      spread
    },
    {
      name: 'deliver --batch ÷ bare loop of onBatch',
      threshold: { atLeast: 0.8 },
      value: ratioOf(values, BATCH, BATCH_LOOP),
      spread: batchSpread
    },
    {
      name: `deliver at ${LATENCY} ms ÷ lesser of concurrency ÷ latency and bare loop`,
      threshold: { atLeast: 0.7 },
      value: median(values[DELIVER_SLOW].map((rate, round) => rate / Math.min(limit, values[LOOP][round]))),
      spread
    },
    {
      name: `deliver --batch at ${LATENCY} ms ÷ without latency`,
      threshold: { atLeast: 0.7 },
      value: ratioOf(values, BATCH_SLOW, BATCH),
      spread: batchSpread
    }
  ]
}

/** Each run proves that every event arrived exactly once. */
function taskOf(
  receiver: ReceiverProcess,
  name: string,
  events: number,
  run: () => Promise<void>,
  latency?: number
): Task {
  return {
    name,
    events,
    run,
    before: async () => void (await receiver.restart({ latency })),
    after: async () => checkReceived(await receiver.restart({}), events, name)
  }
}

function readyBatches(): BenchEvent[][] {
  return Array.from({ length: BATCHED / BATCH_SIZE }, (_, batch) => {
    const turn = Math.floor(batch / TYPES.length) * TYPES.length * BATCH_SIZE
    const first = turn + (batch % TYPES.length)
    return Array.from({ length: BATCH_SIZE }, (_, index) => historyEvent(first + index * TYPES.length))
  })
}
