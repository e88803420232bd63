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

/** Events of a run. Batches take more: the start of a run and its end take several times the latency. */
const SINGLE = 4500
const BATCHED = 120_000
const LATENCY = 50

/** Rounds that do not count, while V8 still optimizes much of the code. Histories are longer. */
const SINGLE_WARM_UP = 4
const BATCHED_WARM_UP = 2

const LOOP = 'bare loop of onEvent'
const DELIVER = 'deliver'
const BATCH_LOOP = 'bare loop of onBatch'
const BATCH = 'deliver --batch'
const control = (name: string) => `${name} (control)`
const slow = (name: string) => `${name}, ${LATENCY} ms latency`

/** Events per second of `deliver`, to a receiver in another process. */
export async function measure(rounds: number): Promise<PartResult> {
  const warm = (warmUp: number) => (rounds > 1 ? warmUp : 0)
  return withReceiver(async (lab) => {
    const values = {
      ...(await rotate(await singles(lab), rounds, eventsPerSecond, warm(SINGLE_WARM_UP))),
      ...(await rotate(await batches(lab), Math.ceil(rounds / 2), eventsPerSecond, warm(BATCHED_WARM_UP)))
    }
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

async function singles(lab: Lab): Promise<Task[]> {
  const events = { path: lab.file('few.ndjson'), count: SINGLE }
  await writeEvents(events.path, 0, events.count)
  return [
    await taskOf(lab, LOOP, 'onEvent', events),
    await taskOf(lab, control(LOOP), 'onEvent', events),
    await taskOf(lab, DELIVER, 'deliver', events),
    await taskOf(lab, slow(DELIVER), 'deliver', events, LATENCY)
  ]
}

async function batches(lab: Lab): Promise<Task[]> {
  const events = { path: lab.file('many.ndjson'), count: BATCHED }
  await writeEvents(events.path, 0, events.count)
  return [
    await taskOf(lab, BATCH_LOOP, 'onBatch', events),
    await taskOf(lab, control(BATCH_LOOP), 'onBatch', events),
    await taskOf(lab, BATCH, 'deliver --batch', events),
    await taskOf(lab, slow(BATCH), 'deliver --batch', events, LATENCY)
  ]
}

/** Each run proves that every event arrived exactly once. */
async function taskOf(
  { receiver, start }: Lab,
  name: string,
  how: Row['how'],
  { path, count }: { path: string; count: number },
  latency?: number
): Promise<Task> {
  return {
    name,
    events: count,
    before: () => void receiver.restart({ latency }),
    run: await start({ how, paths: [path] }),
    after: () => checkReceived(receiver.restart(), count, name)
  }
}
