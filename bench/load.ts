import { batchResponse, checkBatch, checkEvent } from './check-requests'
import { benchEvent, TYPES } from './events'
import type { Task } from './rotation'
import type { StubbedNetwork } from './stubbed-network'
import { checkTraffic } from './traffic'
import type { Traffic } from './traffic'
import type { Variant } from './variant'

/**
 * Sends identify, group and track events in turn, one at a time. Each of the three is compared with the expected requests
 * beforehand.
 *
 * @param turns how many times the three events are in one run
 */
export async function eventTask(network: StubbedNetwork, variant: Variant, turns: number): Promise<Task> {
  const events = TYPES.map((type) => benchEvent(type))
  const traffic: Traffic[] = []
  for (const event of events) {
    traffic.push(await checkEvent(network, variant, event))
  }
  return {
    name: variant.name,
    events: turns * events.length,
    before: () => network.begin('{}'),
    run: () => repeat(turns, events, (event) => variant.sendEvent(event)),
    after: () => checkTraffic(network.end(), total(turns, traffic), variant.name)
  }
}

/** The same with batches of `size` events of one type. */
export async function batchTask(
  network: StubbedNetwork,
  variant: Variant,
  { name = variant.name, size, turns }: { name?: string; size: number; turns: number }
): Promise<Task> {
  const batches = TYPES.map((type) => Array.from({ length: size }, (_, number) => benchEvent(type, number)))
  const traffic: Traffic[] = []
  for (const batch of batches) {
    traffic.push(await checkBatch(network, variant, batch))
  }
  return {
    name,
    events: turns * batches.length * size,
    before: () => network.begin(batchResponse(size)),
    run: () => repeat(turns, batches, (batch) => variant.sendBatch(batch)),
    after: () => checkTraffic(network.end(), total(turns, traffic), name)
  }
}

async function repeat<Item>(turns: number, items: Item[], send: (item: Item) => Promise<void>): Promise<void> {
  for (let turn = 0; turn < turns; turn++) {
    for (const item of items) {
      await send(item)
    }
  }
}

function total(turns: number, traffic: Traffic[]): Traffic {
  const sum = (key: keyof Traffic) => turns * traffic.reduce((total, { [key]: value }) => total + value, 0)
  return { requests: sum('requests'), bytes: sum('bytes') }
}
