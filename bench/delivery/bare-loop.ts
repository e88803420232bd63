import { Destination } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import { destination, withBaseUrl } from '../../src/catalog'
import type { BenchEvent } from '../events'
import { API_KEY, CONCURRENCY } from './run-delivery'

/** Sends events with `onEvent` alone: no files, no order, no retries, no checkpoint. */
export async function sendEvents(url: string, events: BenchEvent[]): Promise<void> {
  await inTurn(url, events, async (target, event) => {
    const settings = settingsFor(event)
    await target.onEvent(event, settings)
  })
}

/** Sends batches of one type with `onBatch` alone. */
export async function sendBatches(url: string, batches: BenchEvent[][]): Promise<void> {
  await inTurn(url, batches, async (target, batch) => {
    await target.onBatch(batch, settingsFor(batch[0]))
  })
}

/** One `Destination` for each worker: a shared one mixes the responses of concurrent events. */
async function inTurn<Item>(
  url: string,
  items: Item[],
  send: (target: Destination<{ apiKey: string }>, item: Item) => Promise<void>
): Promise<void> {
  const definition = withBaseUrl(destination, url)
  let next = 0
  const worker = async () => {
    const target = new Destination(definition)
    while (next < items.length) {
      await send(target, items[next++])
      target.responses.length = 0
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, worker))
}

const presets = destination.presets ?? []

function settingsFor({ type }: BenchEvent): JSONObject {
  const preset = presets.find((preset) => preset.type === 'automatic' && preset.partnerAction === type)
  return { apiKey: API_KEY, subscriptions: [preset] } as unknown as JSONObject
}
