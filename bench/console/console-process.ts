import { setTimeout as sleep } from 'node:timers/promises'
import { collectGarbageOften } from '../../src/cli/console'
import type { DeliveryOverview, Destination } from '../../src/console/server/api'
import { buildConsole } from '../../src/console/server/build'
import { READY_WRITE_KEY } from '../../src/console/server/starting-point'
import { listenOnLoopback } from '../../src/loopback/listen'
import { startChild } from '../child'
import { clientCalls } from './events'

/** A console in another process, as `console --ready` starts it. */
export interface ConsoleProcess {
  /** Sends events as Segment's clients do, in batches, and waits until the console has delivered all. */
  deliver(events: number): Promise<void>
  /** Resident memory in MB. */
  memory(): Promise<number>
  close(): void
}

const BATCH_SIZE = 50

/** Batches on their way at once. */
const CLIENTS = 4

const HEADERS = {
  authorization: `Basic ${Buffer.from(`${READY_WRITE_KEY}:`).toString('base64')}`,
  'content-type': 'application/json'
}

export async function startConsole(): Promise<ConsoleProcess> {
  const [child, origin] = await startChild<string>(__filename)
  const [{ id }] = await get<Destination[]>(`${origin}/api/destinations`)
  let sent = 0
  return {
    async deliver(events) {
      const end = sent + events
      const client = async () => {
        while (sent < end) {
          const first = sent
          sent += BATCH_SIZE
          await post(`${origin}/v1/batch`, { batch: clientCalls(first, BATCH_SIZE) })
        }
      }
      await Promise.all(Array.from({ length: CLIENTS }, client))
      await allDelivered(`${origin}/api/destinations/${id}/delivery`, sent)
    },
    memory: () => child.ask('memory'),
    close: () => child.close()
  }
}

/** @throws if an event was not delivered */
async function allDelivered(url: string, sent: number): Promise<void> {
  let overview = await get<DeliveryOverview>(url)
  while (overview.pending > 0) {
    await sleep(10)
    overview = await get<DeliveryOverview>(url)
  }
  if (overview.totals.delivered !== sent) {
    throw new Error(`console: not all of ${sent} events were delivered: ${JSON.stringify(overview.totals)}`)
  }
}

async function get<Body>(url: string): Promise<Body> {
  const response = await fetch(url)
  return (await response.json()) as Body
}

async function post(url: string, body: object): Promise<void> {
  const response = await fetch(url, { method: 'POST', headers: HEADERS, body: JSON.stringify(body) })
  if (response.status !== 200) {
    throw new Error(`${url} responded with ${response.status}: ${await response.text()}`)
  }
  await response.arrayBuffer()
}

async function listen(): Promise<void> {
  collectGarbageOften()
  const app = buildConsole({ start: 'ready' })
  const origin = await listenOnLoopback(app, 0)
  process.on('message', () => process.send?.(process.memoryUsage.rss() / 1000 / 1000))
  process.on('disconnect', () => void app.close())
  process.send?.(origin)
}

if (require.main === module) {
  void listen()
}
