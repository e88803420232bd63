import astrolabe from '../../src/destinations/astrolabe'
import { batchLoad, eventLoad, taskOf } from '../load'
import { rotate } from '../rotation'
import type { Rounds, Task } from '../rotation'
import { StubbedNetwork } from '../stubbed-network'
import { ofAstrolabe } from '../variants'

/** CPU microseconds an event of Astrolabe's, with the network stubbed. */
export interface GrowthResult {
  batchSizes: Rounds
  payloads: Rounds
  subscriptions: Rounds
}

export default async function growth(rounds: number): Promise<GrowthResult> {
  const network = new StubbedNetwork()

  // Slices that take about as long as each other: one that is short pays for the garbage of one that is long.
  const batchSizes: Task[] = []
  for (const [size, turns] of [
    [1, 80],
    [10, 40],
    [100, 10],
    [1000, 1]
  ]) {
    batchSizes.push(taskOf(await batchLoad(network, ofAstrolabe(`batch of ${size}`), size, turns), network))
  }
  const payloads: Task[] = []
  for (const [kilobytes, events] of [
    [1, 180],
    [10, 120],
    [32, 60],
    [100, 30]
  ]) {
    const load = await eventLoad(network, ofAstrolabe(`${kilobytes} KB`), { events, bytes: kilobytes * 1000 })
    payloads.push(taskOf(load, network))
  }
  const subscriptions: Task[] = []
  for (const count of [1, 3, 10]) {
    const variant = ofAstrolabe(`${count} mapping${count === 1 ? '' : 's'}`, unmet(count - 1))
    subscriptions.push(taskOf(await eventLoad(network, variant, { events: 60 }), network))
  }
  return {
    batchSizes: await rotate(batchSizes, rounds),
    payloads: await rotate(payloads, rounds),
    subscriptions: await rotate(subscriptions, 2 * rounds)
  }
}

/** Mappings for other events, as a customer has them who sends each by a mapping of its own. */
function unmet(count: number) {
  const [preset] = astrolabe.presets ?? []
  return Array.from({ length: count }, (_, number) => ({
    ...preset,
    partnerAction: 'track',
    subscribe: `type = "track" and event = "Event ${number}"`
  }))
}
