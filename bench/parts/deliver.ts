import { median } from 'simple-statistics'
import { CONCURRENCY } from '../delivery/bare-loop'
import { measureRate, rateFigures } from '../delivery/rate'
import { checkReceived } from '../delivery/receiver'
import type { Received } from '../delivery/receiver'
import type { Row } from '../delivery/row'
import { withReceiver } from '../delivery/with-receiver'
import type { Lab } from '../delivery/with-receiver'
import { atLeast } from '../figure'
import type { Figure } from '../figure'
import { writeEvents } from '../history-events'
import type { PartResult } from '../part'
import { eventsPerSecond, rotate } from '../rotation'
import type { Task } from '../rotation'
import { meanOf, rateTable, ratioOf, spreadOf } from '../rounds'
import type { Rounds } from '../rounds'

const SINGLE = 4500
const BATCHED = 60_000
const LATENCY = 50

/** Rounds until V8 has optimized all code of a process: after some 200,000 batched events. Histories are longer. */
const WARM_UP = 4

const LOOP = 'bare loop of onEvent'
const DELIVER = 'deliver'
const BATCH_LOOP = 'bare loop of onBatch'
const BATCH = 'deliver --batch'
const control = (name: string) => `${name} (control)`
const slow = (name: string) => `${name}, ${LATENCY} ms latency`

/** Events per second of `deliver`, to a receiver in another process. */
export async function measure(rounds: number): Promise<PartResult> {
  return withReceiver(async (lab) => {
    const values = await rotate(await tasks(lab), Math.ceil(rounds / 2), eventsPerSecond, rounds > 1 ? WARM_UP : 0)
    const received = await measureRate(lab)
    return {
      tables: [rateTable('deliver', 'To a receiver in another process', values)],
      figures: figuresOf(values, received)
    }
  })
}

export function figuresOf(values: Rounds, received: Pick<Received, 'seconds'>): Figure[] {
  const spread = spreadOf(values, LOOP, control(LOOP))
  const batchSpread = spreadOf(values, BATCH_LOOP, control(BATCH_LOOP))
  const loop = meanOf(values, LOOP, control(LOOP))
  const rows: Rounds = { ...values, [LOOP]: loop, [BATCH_LOOP]: meanOf(values, BATCH_LOOP, control(BATCH_LOOP)) }
  const limit = (1000 * CONCURRENCY) / LATENCY
  const ofLimit = median(rows[slow(DELIVER)].map((rate, round) => rate / Math.min(limit, loop[round])))
  const slowBatch = ratioOf(rows, slow(BATCH), BATCH)
  return [
    atLeast(0.8, `deliver ÷ ${LOOP}`, ratioOf(rows, DELIVER, LOOP), spread),
    atLeast(0.8, `deliver --batch ÷ ${BATCH_LOOP}`, ratioOf(rows, BATCH, BATCH_LOOP), batchSpread),
    atLeast(0.7, `deliver at ${LATENCY} ms ÷ lesser of concurrency ÷ latency and bare loop`, ofLimit, spread),
    atLeast(0.7, `deliver --batch at ${LATENCY} ms ÷ without latency`, slowBatch, batchSpread),
    ...rateFigures(received, spread)
  ]
}

/** Each run proves that every event arrived exactly once. */
async function tasks({ receiver, start, file }: Lab): Promise<Task[]> {
  const few = { path: file('few.ndjson'), events: SINGLE }
  const many = { path: file('many.ndjson'), events: BATCHED }
  await writeEvents(few.path, 0, SINGLE)
  await writeEvents(many.path, 0, BATCHED)
  const task = async (name: string, how: Row['how'], latency?: number): Promise<Task> => {
    const { path, events } = how === 'onEvent' || how === 'deliver' ? few : many
    const run = await start({ how, paths: [path] })
    return {
      name,
      events,
      before: () => void receiver.restart({ latency }),
      run,
      after: () => checkReceived(receiver.restart(), events, name)
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
