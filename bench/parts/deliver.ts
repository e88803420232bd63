import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { median } from 'simple-statistics'
import { measureRate, rateFigures } from '../delivery/rate'
import { checkReceived, startReceiver } from '../delivery/receiver-process'
import type { ReceiverProcess } from '../delivery/receiver-process'
import type { Received } from '../delivery/receiver'
import { startRow } from '../delivery/row-process'
import type { Row, RowProcess } from '../delivery/row-process'
import { CONCURRENCY } from '../delivery/run-delivery'
import { writeEvents } from '../delivery/write-events'
import { atLeast } from '../figure'
import type { Figure } from '../figure'
import type { PartResult } from '../part'
import { eventsPerSecond, rotate } from '../rotation'
import type { Task } from '../rotation'
import { rateTable, ratioOf, spreadOf } from '../rounds'
import type { Rounds } from '../rounds'

const SINGLE = 4500
const BATCHED = 60_000
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
  const processes: RowProcess[] = []
  const start = async (row: Row) => {
    const process = await startRow(row)
    processes.push(process)
    return process
  }
  try {
    const warmUp = rounds > 1 ? 1 : 0
    const values = await rotate(await tasks(receiver, folder, start), Math.ceil(rounds / 2), eventsPerSecond, warmUp)
    const received = await measureRate(receiver, folder)
    return {
      tables: [rateTable('deliver', 'To a receiver in another process', values)],
      figures: figuresOf(values, received)
    }
  } finally {
    processes.forEach((process) => process.close())
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
async function tasks(
  receiver: ReceiverProcess,
  folder: string,
  start: (row: Row) => Promise<RowProcess>
): Promise<Task[]> {
  const few = path.join(folder, 'few.ndjson')
  const many = path.join(folder, 'many.ndjson')
  await writeEvents(few, 0, SINGLE)
  await writeEvents(many, 0, BATCHED)
  const task = async (name: string, how: Row['how'], latency?: number): Promise<Task> => {
    const [file, events] = how === 'onEvent' || how === 'deliver' ? [few, SINGLE] : [many, BATCHED]
    const process = await start({ how, file, url: receiver.url })
    return {
      name,
      events,
      before: async () => void (await receiver.restart({ latency })),
      run: () => process.run(),
      after: async () => checkReceived(await receiver.restart({}), events, name)
    }
  }
  return [
    await task(LOOP, 'onEvent'),
    await task(control(LOOP), 'onEvent'),
    await task(DELIVER, 'deliver'),
    await task(slow(DELIVER), 'deliver', LATENCY),
    await task(BATCH_LOOP, 'onBatch'),
    await task(control(BATCH_LOOP), 'onBatch'),
    await task(BATCH, 'deliver --batch'),
    await task(slow(BATCH), 'deliver --batch', LATENCY)
  ]
}
