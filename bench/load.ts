import { checkRequest, checkTraffic, responseTo } from './check-requests'
import { benchEvent, TYPES } from './events'
import type { Task } from './rotation'
import type { StubbedNetwork } from './stubbed-network'
import type { Variant } from './variant'

interface Load {
  /** Default: the variant's. */
  name?: string
  /** Events in a batch. Default: single events. */
  size?: number
  /** How many times each of the three types is sent in one run. */
  turns: number
}

/** Sends identify, group and track in turn. Each of the three requests is compared with the expected one beforehand. */
export async function loadTask(
  network: StubbedNetwork,
  variant: Variant,
  { name = variant.name, size, turns }: Load
): Promise<Task> {
  const mode = size === undefined ? 'single' : 'batch'
  const length = size ?? 1
  const loads = TYPES.map((type) => Array.from({ length }, (_, number) => benchEvent(type, number)))
  const expected = { requests: turns * loads.length, bytes: 0 }
  for (const events of loads) {
    expected.bytes += turns * (await checkRequest(network, variant, mode, events)).bytes
  }
  return {
    name,
    events: turns * loads.length * length,
    before: () => network.begin(responseTo(mode, length)),
    async run() {
      for (let turn = 0; turn < turns; turn++) {
        for (const events of loads) {
          await variant.send(mode, events)
        }
      }
    },
    after: () => checkTraffic(network.end(), expected, name)
  }
}
