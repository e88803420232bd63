import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { collectGarbageOften } from '../../src/cli/console'
import type { DeliveryOverview, Destination } from '../../src/console/server/api'
import { buildConsole } from '../../src/console/server/build'
import { READY_WRITE_KEY } from '../../src/console/server/starting-point'
import { listenOnLoopback } from '../../src/loopback/listen'
import { serveParent, startChild } from '../child'
import { historyEvent } from '../history-events'

/** In MB. */
export interface Memory {
  resident: number
  /** Heap and buffers after a garbage collection. */
  inUse: number
}

/** A console in another process, as `console --ready` starts it. */
export interface ConsoleProcess {
  /** Sends events as Segment's clients do, in batches, and waits until the console has delivered all. */
  deliver(events: number): Promise<void>
  memory(): Promise<Memory>
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
  const { ready: origin, ask, close } = await startChild<string>(__filename)
  const [{ id }] = await send<Destination[]>(`${origin}/api/destinations`)
  let sent = 0
  return {
    async deliver(events) {
      const end = sent + events
      const client = async () => {
        while (sent < end) {
          const batch = Array.from({ length: BATCH_SIZE }, () => clientCall(sent++))
          await send(`${origin}/v1/batch`, { method: 'POST', headers: HEADERS, body: JSON.stringify({ batch }) })
        }
      }
      await Promise.all(Array.from({ length: CLIENTS }, client))
      await allDelivered(`${origin}/api/destinations/${id}/delivery`, sent)
    },
    memory: () => ask('memory'),
    close
  }
}

/** @throws if an event was not delivered */
async function allDelivered(url: string, sent: number): Promise<void> {
  let overview = await send<DeliveryOverview>(url)
  while (overview.pending > 0) {
    await sleep(10)
    overview = await send<DeliveryOverview>(url)
  }
  if (overview.totals.delivered !== sent) {
    throw new Error(`console: not all of ${sent} events were delivered: ${JSON.stringify(overview.totals)}`)
  }
}

/** Segment adds the time of receipt itself. */
function clientCall(number: number): object {
  const { receivedAt: _receivedAt, ...call } = historyEvent(number)
  return call
}

async function send<Body>(url: string, options?: RequestInit): Promise<Body> {
  const response = await fetch(url, options)
  if (response.status !== 200) {
    throw new Error(`${url} responded with ${response.status}: ${await response.text()}`)
  }
  return (await response.json()) as Body
}

function measureMemory(): Memory {
  const resident = process.memoryUsage.rss()
  setFlagsFromString('--expose-gc')
  runInNewContext('gc()')
  const { heapUsed, external } = process.memoryUsage()
  return { resident: resident / 1000 / 1000, inUse: (heapUsed + external) / 1000 / 1000 }
}

if (require.main === module) {
  void serveParent(async () => {
    collectGarbageOften()
    const app = buildConsole({ start: 'ready' })
    return {
      ready: await listenOnLoopback(app, 0),
      respond: measureMemory,
      close: () => app.close()
    }
  })
}
