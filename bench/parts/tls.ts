import https from 'node:https'
import { Pool } from 'undici'
import { benchEvent, TYPES } from '../events'
import { batchAnswer, batchLoad, eventLoad, inTurn, taskOf } from '../load'
import type { Load } from '../load'
import type { Network } from '../network'
import { eventsASecond, rotate } from '../rotation'
import type { Rounds } from '../rotation'
import { StubbedNetwork } from '../stubbed-network'
import { connectTo, startTlsPeer } from '../tls-peer'
import type { TlsPeer } from '../tls-peer'
import { ASTROLABE, AUTHORIZATION, ofAstrolabe, UNDICI, variants } from '../variants'

/** Events a second, by destination, over TLS on loopback to a server in another process. */
export interface TlsResult {
  single: Rounds
  batchOf100: Rounds
  batchOf1000: Rounds
  /** Single events under way at a time. */
  concurrency: number
  /** Opened by Astrolabe's destination for 1,000 single events, from none. */
  connections: number
}

const CONCURRENCY = 10
const EVENTS = 300

/** undici is that much faster: a slice of its own that is as long as the others. */
const UNDICI_EVENTS = 5 * EVENTS

export default async function tls(rounds: number): Promise<TlsResult> {
  const all = variants()
  const batching = all.filter(({ batches }) => batches.length > 0)

  const stub = new StubbedNetwork()
  const single: Load[] = []
  for (const variant of all) {
    single.push(await eventLoad(stub, variant, { events: EVENTS, concurrency: CONCURRENCY }))
  }
  const of100: Load[] = []
  const of1000: Load[] = []
  for (const variant of batching) {
    of100.push(await batchLoad(stub, variant, 100, 2))
    of1000.push(await batchLoad(stub, variant, 1000))
  }
  stub.leave()

  const peer = await startTlsPeer()
  connectTo(peer)
  const connections = await connectionsOpened(peer)
  const pool = new Pool(`https://127.0.0.1:${peer.port}`, {
    connections: CONCURRENCY,
    connect: { ca: peer.certificate, servername: 'localhost' }
  })
  single.push(undiciEvents(pool))
  of100.push(undiciBatches(pool, 100, 2))
  of1000.push(undiciBatches(pool, 1000, 1))

  const network: Network = {
    begin: async (answer) => void (await peer.turn(answer)),
    end: () => peer.turn('{}')
  }
  const measure = (loads: Load[], times: number) =>
    rotate(
      loads.map((load) => taskOf(load, network)),
      times,
      eventsASecond
    )
  const result = {
    single: await measure(single, rounds),
    batchOf100: await measure(of100, Math.ceil(rounds / 2)),
    batchOf1000: await measure(of1000, Math.ceil(rounds / 4)),
    concurrency: CONCURRENCY,
    connections
  }
  await pool.close()
  https.globalAgent.destroy()
  peer.close()
  return result
}

async function connectionsOpened(peer: TlsPeer): Promise<number> {
  const variant = ofAstrolabe(ASTROLABE)
  const oneOfEach = TYPES.map((type) => benchEvent(type))
  await peer.turn('{}')
  await inTurn(1000, CONCURRENCY, (number) => variant.sendEvent(oneOfEach[number % oneOfEach.length]))
  const { requests, connections } = await peer.turn('{}')
  if (requests !== 1000) {
    throw new Error(`${requests} requests arrived, not 1000`)
  }
  return connections
}

/** The limit: the bytes of Astrolabe's requests, ready-made, by the fastest client that there is. */
function undiciEvents(pool: Pool): Load {
  const bodies = TYPES.map((type) => JSON.stringify(benchEvent(type)))
  return {
    name: UNDICI,
    events: UNDICI_EVENTS,
    answer: '{}',
    traffic: { requests: UNDICI_EVENTS, bytes: (UNDICI_EVENTS / bodies.length) * bytesOf(bodies) },
    send: () => inTurn(UNDICI_EVENTS, CONCURRENCY, (number) => post(pool, '/v1/events', bodies[number % bodies.length]))
  }
}

function undiciBatches(pool: Pool, size: number, turns: number): Load {
  const bodies = TYPES.map((type) =>
    JSON.stringify({ batch: Array.from({ length: size }, (_, number) => benchEvent(type, number)) })
  )
  return {
    name: UNDICI,
    events: turns * bodies.length * size,
    answer: batchAnswer(size),
    traffic: { requests: turns * bodies.length, bytes: turns * bytesOf(bodies) },
    send: () => inTurn(turns * bodies.length, 1, (number) => post(pool, '/v1/batch', bodies[number % bodies.length]))
  }
}

async function post(pool: Pool, path: string, body: string): Promise<void> {
  const response = await pool.request({
    path,
    method: 'POST',
    // Those of Segment's request client.
    headers: {
      accept: '*/*',
      'accept-encoding': 'gzip,deflate',
      authorization: AUTHORIZATION,
      'content-type': 'application/json',
      'user-agent': 'Segment (Actions)'
    },
    body
  })
  await response.body.json()
}

function bytesOf(bodies: string[]): number {
  return bodies.reduce((sum, body) => sum + Buffer.byteLength(body), 0)
}
