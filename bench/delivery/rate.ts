import { sum } from 'simple-statistics'
import { atLeast, atMost } from '../figure'
import type { Figure } from '../figure'
import { writeEvents } from '../history-events'
import { checkReceived } from './receiver'
import type { Received } from './receiver'
import type { Lab } from './with-receiver'

/** Events per second that the receiver allows. */
const RATE = 200

const EVENTS = 30 * RATE

/** Seconds until the rate has settled. */
const SETTLING = 10

/** Delivers to a receiver that responds with 429 and `Retry-After` beyond a rate. */
export async function measureRate({ receiver, start, file }: Lab): Promise<Received> {
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
