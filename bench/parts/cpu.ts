import { batchLoad, eventLoad, taskOf } from '../load'
import { rotate } from '../rotation'
import type { Rounds, Task } from '../rotation'
import { StubbedNetwork } from '../stubbed-network'
import { variants } from '../variants'

/** CPU microseconds an event, by destination, with the network stubbed. */
export interface CpuResult {
  single: Rounds
  batchOf100: Rounds
  batchOf1000: Rounds
}

export default async function cpu(rounds: number): Promise<CpuResult> {
  const network = new StubbedNetwork()
  const all = variants()
  const batching = all.filter(({ batches }) => batches.length > 0)

  const single: Task[] = []
  for (const variant of all) {
    single.push(taskOf(await eventLoad(network, variant, { events: 60 }), network))
  }
  const of100: Task[] = []
  const of1000: Task[] = []
  for (const variant of batching) {
    of100.push(taskOf(await batchLoad(network, variant, 100, 4), network))
    of1000.push(taskOf(await batchLoad(network, variant, 1000), network))
  }
  return {
    single: await rotate(single, 3 * rounds),
    batchOf100: await rotate(of100, 6 * rounds),
    batchOf1000: await rotate(of1000, rounds)
  }
}
