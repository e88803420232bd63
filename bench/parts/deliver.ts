import { median, sum } from 'simple-statistics'
import { CONCURRENCY } from '../sender'
import { checkReceived } from '../delivery/receiver'
import type { Received, ReceiverOptions } from '../delivery/receiver'
import type { How } from '../delivery/row'
import { withReceiver } from '../delivery/with-receiver'
import type { Lab } from '../delivery/with-receiver'
import { atLeast, meanOf, ratioOf, spreadOf, atMost } from '../figure'
import type { Figure, Rounds } from '../figure'
import { writeEvents } from '../events'
import type { PartResult } from '../part'
import { eventsPerSecond, rotate } from '../rotation'
import type { Task } from '../rotation'

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
const few = (name: string) => `${name}, 1 % of requests fail`
const none = (name: string) => `${name}, none fail`
const slow = (name: string) => `${name}, ${LATENCY} ms latency`

/** Events per second of `deliver`, to a receiver in another process. */
export async function measure(rounds: number): Promise<PartResult> {
  const warm = (warmUp: number) => (rounds > 1 ? warmUp : 0)
  return withReceiver(async (lab) => {
    const singles = await tasks(lab, SINGLE, LOOP, DELIVER)
    const singleRounds = await rotate(singles, rounds, eventsPerSecond, warm(SINGLE_WARM_UP))
    const batches = await tasks(lab, BATCHED, BATCH_LOOP, BATCH)
    const batchRounds = await rotate(batches, Math.ceil(rounds / 2), eventsPerSecond, warm(BATCHED_WARM_UP))
    const failing = [...(await failingTasks(lab, DELIVER, 30_000)), ...(await failingTasks(lab, BATCH, 500_000))]
    const failures = await rotate(failing, Math.ceil(rounds / 6), eventsPerSecond, 0)
    const values = { ...singleRounds, ...batchRounds }
    const received = await measureRate(lab)
    const head = ['To a receiver in another process', 'Events per second']
    const speed = (rates: number[]) => Math.round(median(rates)).toLocaleString('en-US')
    const rows = Object.entries({ ...values, ...failures }).map(([name, rates]) => [name, speed(rates)])
    return { tables: [{ title: 'deliver', head, rows }], figures: figuresOf(values, received, failures) }
  })
}

export function figuresOf(values: Rounds, received: Pick<Received, 'seconds'>, failures: Rounds): Figure[] {
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
    ...rateFigures(received, spread),
    atLeast(0.8, `${few(DELIVER)} ÷ none fail`, ratioOf(failures, few(DELIVER), none(DELIVER))),
    atLeast(0.65, `${few(BATCH)} ÷ none fail`, ratioOf(failures, few(BATCH), none(BATCH)))
  ]
}

/** `deliver` without and with failures. The last events that fail are sent again after some seconds, so runs are long. */
async function failingTasks(lab: Lab, how: How, events: number): Promise<Task[]> {
  const task = await taskOf(lab, events)
  const latency = LATENCY
  return [await task(none(how), how, { latency }), await task(few(how), how, { latency, failEvery: 100 })]
}

/** A bare loop, its copy, and `deliver` without and with latency. */
async function tasks(lab: Lab, events: number, loop: How, deliver: How): Promise<Task[]> {
  const task = await taskOf(lab, events)
  return [
    await task(loop, loop),
    await task(control(loop), loop),
    await task(deliver, deliver),
    await task(slow(deliver), deliver, { latency: LATENCY })
  ]
}

/** Each run proves that every event arrived exactly once. */
async function taskOf({ receiver, start, file }: Lab, events: number) {
  const path = file(`${events}.ndjson`)
  await writeEvents(path, 0, events)
  return async (name: string, how: How, options?: ReceiverOptions): Promise<Task> => ({
    name,
    events,
    before: () => void receiver.restart(options),
    run: await start(how, [path]),
    after: () => checkReceived(receiver.restart(), events, name)
  })
}

/** Events per second that the receiver allows. */
const RATE = 200

const EVENTS = 30 * RATE

/** Seconds until the rate has settled. */
const SETTLING = 10

/** Delivers to a receiver that responds with 429 and `Retry-After` beyond a rate. */
async function measureRate({ receiver, start, file }: Lab): Promise<Received> {
  const events = file('rate.ndjson')
  await writeEvents(events, 0, EVENTS)
  const run = await start('deliver', [events])
  receiver.restart({ rate: RATE })
  await run()
  const received = receiver.restart()
  checkReceived(received, EVENTS, 'deliver to a receiver with a rate limit')
  return received
}

/** The last second is left out: the events end in the middle of it. */
export function rateFigures({ seconds }: Pick<Received, 'seconds'>, spread: number): Figure[] {
  const settled = seconds.slice(SETTLING, -1)
  const accepted = sum(settled.map((second) => second.accepted))
  const rejected = sum(settled.map((second) => second.rejected))
  const name = `deliver to a receiver that allows ${RATE}/s: events per second ÷ ${RATE}`
  return [
    atLeast(0.9, name, accepted / settled.length / RATE, spread),
    atMost(0.05, 'its share of requests rejected with 429', rejected / (accepted + rejected), spread)
  ]
}
