import { median } from 'simple-statistics'
import { atMost } from '../figure'
import type { Figure } from '../figure'
import { loadTask } from '../cpu/load'
import type { PartResult } from '../part'
import { PEERS } from '../cpu/peers'
import { rotate } from '../rotation'
import type { Task } from '../rotation'
import { ratioOf, spreadOf } from '../rounds'
import type { Rounds } from '../rounds'
import { StubbedNetwork } from '../cpu/stubbed-network'
import { ASTROLABE, astrolabeVariant, CONTROL, FIELDS_FLOOR, fieldsFloor, FLOOR, variants } from '../cpu/variants'

const SIZES = [1, 10, 100, 1000]

/** CPU microseconds per event, by destination and by size of the batch, with the network stubbed. */
export async function measure(rounds: number): Promise<PartResult> {
  const network = new StubbedNetwork()
  const single: Task[] = []
  const of100: Task[] = []
  for (const variant of variants()) {
    single.push(await loadTask(network, variant, { turns: 20 }))
    of100.push(await loadTask(network, variant, { size: 100, turns: 4 }))
  }
  const bySize: Task[] = []
  for (const size of SIZES) {
    // Runs of about equal length: a short one would pay for the garbage of a long one.
    const turns = Math.ceil(1000 / size / (size < 100 ? 8 : 1))
    bySize.push(await loadTask(network, astrolabeVariant(nameOf(size)), { size, turns }))
    bySize.push({ ...(await loadTask(network, fieldsFloor(), { size, turns })), name: floorOf(size) })
  }
  const singleRounds = await rotate(single, 3 * rounds)
  const batchRounds = await rotate(of100, 6 * rounds)
  const sizeRounds = await rotate(bySize, 3 * rounds)
  return {
    tables: [
      tableOf('One event at a time', singleRounds),
      tableOf('Batches of 100', batchRounds),
      {
        title: 'Size of the batch',
        head: ["Astrolabe's destination", 'CPU, network stubbed'],
        rows: SIZES.map((size) => [nameOf(size), microseconds(sizeRounds[nameOf(size)])])
      }
    ],
    figures: figuresOf(singleRounds, batchRounds, sizeRounds)
  }
}

export function figuresOf(single: Rounds, of100: Rounds, bySize: Rounds): Figure[] {
  const spread = spreadOf(single, ASTROLABE, CONTROL)
  const batchSpread = spreadOf(of100, ASTROLABE, CONTROL)
  const best = `best of ${PEERS.join(', ')}`
  const batchToSingle = median(of100[ASTROLABE]) / median(single[ASTROLABE])
  const sizes = ratioOf(bySize, nameOf(1000), nameOf(100))
  return [
    atMost(1.2, "single event ÷ the framework's floor", ratioOf(single, ASTROLABE, FLOOR), spread),
    atMost(1.05, `single event ÷ ${best}`, ratioToBestPeer(single, ASTROLABE), spread),
    {
      ...atMost(1, `event in a batch of 100 ÷ ${best}`, ratioToBestPeer(of100, ASTROLABE), batchSpread),
      floor: ratioToBestPeer(of100, FIELDS_FLOOR)
    },
    atMost(0.25, 'event in a batch of 100 ÷ single event', batchToSingle, batchSpread),
    {
      ...atMost(1.3, 'event in a batch of 1,000 ÷ in a batch of 100', sizes, batchSpread),
      floor: ratioOf(bySize, floorOf(1000), floorOf(100))
    }
  ]
}

function ratioToBestPeer(rounds: Rounds, row: string): number {
  return Math.max(...PEERS.map((peer) => ratioOf(rounds, row, peer)))
}

function tableOf(title: string, rounds: Rounds): PartResult['tables'][number] {
  return {
    title,
    head: ['Destination', 'CPU, network stubbed', "÷ Astrolabe's"],
    rows: Object.entries(rounds).map(([name, values]) => [
      name,
      microseconds(values),
      ratioOf(rounds, name, ASTROLABE).toFixed(2)
    ])
  }
}

function nameOf(size: number): string {
  return `batch of ${size}`
}

/** The row of the framework's floor with the same fields. */
function floorOf(size: number): string {
  return `${FIELDS_FLOOR}, ${nameOf(size)}`
}

function microseconds(values: number[]): string {
  return `${median(values).toFixed(1)} µs/event`
}
