import { benchEvent, TYPES } from '../events'
import type { Task } from '../rotation'
import type { Send } from '../sender'
import type { StubbedNetwork } from './stubbed-network'

/** One destination under measurement. */
export interface Variant {
  name: string
  send: Send
}

/**
 * Sends identify, group and track in turn, one request each. A row that sends more or less, or other bytes than before,
 * measures something else: it is an error.
 *
 * @param turns how many times each type is sent in one run
 * @param size events in a batch. Default: single events
 */
export async function loadTask(
  network: StubbedNetwork,
  { name, send }: Variant,
  turns: number,
  size?: number
): Promise<Task> {
  const [mode, length] = size === undefined ? (['single', 1] as const) : (['batch', size] as const)
  const loads = TYPES.map((type) => Array.from({ length }, (_, number) => benchEvent(type, number)))
  // For every destination the same as Astrolabe's: one result per message of a batch.
  const results = Array.from({ length }, () => ({ status: 200 }))
  const response = JSON.stringify(mode === 'single' ? {} : { results })
  const run = async () => {
    for (let turn = 0; turn < turns; turn++) {
      for (const events of loads) {
        await send(mode, events)
      }
    }
  }
  network.begin(response)
  await run()
  const { bytes } = network.traffic
  const requests = turns * loads.length
  return {
    name,
    events: requests * length,
    before: () => network.begin(response),
    run,
    after() {
      const { traffic } = network
      if (traffic.requests !== requests || traffic.bytes !== bytes) {
        throw new Error(
          `${name}: ${traffic.requests} requests of ${traffic.bytes} bytes arrived, not ${requests} of ${bytes}`
        )
      }
    }
  }
}
