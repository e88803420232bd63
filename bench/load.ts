import { checkBatch, checkEvent, checkTraffic } from './check-requests'
import { benchEvent, TYPES } from './events'
import type { Network, Traffic } from './network'
import type { Task } from './rotation'
import type { StubbedNetwork } from './stubbed-network'
import type { Variant } from './variant'

/** What one slice of a row sends, and the traffic that this has to make. */
export interface Load {
  name: string
  events: number
  /** The body of every answer. */
  answer: string
  traffic: Traffic
  send(): Promise<void>
}

export interface EventLoadOptions {
  /** In a slice: a multiple of three. */
  events: number
  /** Of one event's JSON, about. */
  bytes?: number
  /** How many events are under way at a time. */
  concurrency?: number
}

/** Identify, group and track in turn, each of them checked to the letter beforehand. */
export async function eventLoad(
  network: StubbedNetwork,
  variant: Variant,
  { events, bytes, concurrency = 1 }: EventLoadOptions
): Promise<Load> {
  const oneOfEach = TYPES.map((type) => benchEvent(type, 0, bytes))
  network.begin('{}')
  const traffic = await sum(oneOfEach, (event) => checkEvent(network, variant, event))
  return {
    name: variant.name,
    events,
    answer: '{}',
    traffic: times(events / oneOfEach.length, traffic),
    send: () => inTurn(events, concurrency, (number) => variant.sendEvent(oneOfEach[number % oneOfEach.length]))
  }
}

/**
 * Batches of identify, group and track in turn, or of the one type that the variant batches, each of them checked to the
 * letter beforehand.
 *
 * @param turns how many times three batches are in a slice
 */
export async function batchLoad(network: StubbedNetwork, variant: Variant, size: number, turns = 1): Promise<Load> {
  const types = TYPES.map((_, index) => variant.batches[index % variant.batches.length])
  const oneOfEach = types.map((type) => Array.from({ length: size }, (_, number) => benchEvent(type, number)))
  const answer = batchAnswer(size)
  network.begin(answer)
  const traffic = await sum(oneOfEach, (events) => checkBatch(network, variant, events))
  return {
    name: variant.name,
    events: turns * oneOfEach.length * size,
    answer,
    traffic: times(turns, traffic),
    send: () => inTurn(turns * oneOfEach.length, 1, (number) => variant.sendBatch(oneOfEach[number % oneOfEach.length]))
  }
}

/** Every destination is answered alike, as Astrolabe answers: by one result a message. */
export function batchAnswer(size: number): string {
  return JSON.stringify({ results: Array.from({ length: size }, () => ({ status: 200 })) })
}

/** A row that sends the load, and is none where other traffic arrived. */
export function taskOf({ name, events, answer, traffic, send }: Load, network: Network): Task {
  return {
    name,
    events,
    before: () => network.begin(answer),
    run: send,
    after: async () => checkTraffic(await network.end(), traffic, name)
  }
}

/** Calls `send` with 0, 1, 2, … so that `concurrency` calls are under way at a time. */
export async function inTurn(
  count: number,
  concurrency: number,
  send: (number: number) => Promise<void>
): Promise<void> {
  let next = 0
  const lane = async () => {
    while (next < count) {
      await send(next++)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, lane))
}

async function sum<Item>(items: Item[], trafficOf: (item: Item) => Promise<Traffic>): Promise<Traffic> {
  const total = { requests: 0, bytes: 0 }
  for (const item of items) {
    const { requests, bytes } = await trafficOf(item)
    total.requests += requests
    total.bytes += bytes
  }
  return total
}

function times(count: number, { requests, bytes }: Traffic): Traffic {
  return { requests: count * requests, bytes: count * bytes }
}
