import { median } from 'simple-statistics'
import { atMost, ratioOf, spreadOf } from '../figure'
import type { Figure, Rounds } from '../figure'
import { loadTask } from '../cpu/load'
import type { PartResult, Table } from '../part'
import {
  PEERS,
  ASTROLABE,
  astrolabeVariant,
  CONTROL,
  FIELDS_FLOOR,
  fieldsFloor,
  FLOOR,
  variants
} from '../cpu/variants'
import { rotate } from '../rotation'
import type { Task } from '../rotation'
import { StubbedNetwork } from '../cpu/stubbed-network'

const SIZES = [100, 1000]

/** CPU microseconds per event, by destination and by size of the batch, with the network stubbed. */
export async function measure(rounds: number): Promise<PartResult> {
  const network = new StubbedNetwork()
  const single: Task[] = []
  const of100: Task[] = []
  for (const variant of variants()) {
    single.push(await loadTask(network, variant, 20))
    of100.push(await loadTask(network, variant, 4, 100))
  }
  const bySize: Task[] = []
  for (const size of SIZES) {
    for (const variant of [astrolabeVariant(), fieldsFloor()]) {
      // Runs of equal length: a short one would pay for the garbage of a long one.
      const turns = Math.max(...SIZES) / size
      bySize.push(await loadTask(network, { ...variant, name: inBatchesOf(size, variant.name) }, turns, size))
    }
  }
  const singleRounds = await rotate(single, 3 * rounds)
  const batchRounds = await rotate(of100, 6 * rounds)
  const sizeRounds = await rotate(bySize, 3 * rounds)
  return {
    tables: [
      tableOf('One event at a time', singleRounds, ASTROLABE),
      tableOf('Batches of 100', batchRounds, ASTROLABE),
      tableOf('Size of the batch', sizeRounds, inBatchesOf(100, ASTROLABE))
    ],
    figures: figuresOf(singleRounds, batchRounds, sizeRounds)
  }
}

export function figuresOf(single: Rounds, of100: Rounds, bySize: Rounds): Figure[] {
  const spread = spreadOf(single, ASTROLABE, CONTROL)
  const batchSpread = spreadOf(of100, ASTROLABE, CONTROL)
  const best = `best of ${PEERS.join(', ')}`
  const batchToSingle = median(of100[ASTROLABE]) / median(single[ASTROLABE])
  const sizes = ratioOfSizes(bySize, ASTROLABE)
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
      floor: ratioOfSizes(bySize, FIELDS_FLOOR)
    }
  ]
}

function ratioToBestPeer(rounds: Rounds, row: string): number {
  return Math.max(...PEERS.map((peer) => ratioOf(rounds, row, peer)))
}

function ratioOfSizes(rounds: Rounds, row: string): number {
  return ratioOf(rounds, inBatchesOf(1000, row), inBatchesOf(100, row))
}

function tableOf(title: string, rounds: Rounds, base: string): Table {
  return {
    title,
    head: ['Destination', 'CPU, network stubbed', `÷ ${base}`],
    rows: Object.entries(rounds).map(([name, values]) => [
      name,
      `${median(values).toFixed(1)} µs/event`,
      ratioOf(rounds, name, base).toFixed(2)
    ])
  }
}

function inBatchesOf(size: number, name: string): string {
  return `${name}, batch of ${size}`
}
