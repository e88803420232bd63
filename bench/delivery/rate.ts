import path from 'node:path'
import { sum } from 'simple-statistics'
import { atLeast, atMost } from '../figure'
import type { Figure } from '../figure'
import { checkReceived } from './receiver-process'
import type { ReceiverProcess } from './receiver-process'
import type { Received } from './receiver'
import { runDelivery } from './run-delivery'
import { writeEvents } from './write-events'

/** Events per second that the receiver allows. */
const RATE = 200

const EVENTS = 30 * RATE

/** Seconds until the rate has settled. */
const SETTLING = 10

/** Delivers to a receiver that responds with 429 and `Retry-After` beyond a rate. */
export async function measureRate(receiver: ReceiverProcess, folder: string): Promise<Received> {
  const file = path.join(folder, 'rate.ndjson')
  await writeEvents(file, 0, EVENTS)
  await receiver.restart({ rate: RATE })
  await runDelivery({ paths: [file], url: receiver.url, checkpoint: path.join(folder, 'rate.checkpoint') })
  const received = await receiver.restart({})
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
