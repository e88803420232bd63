import { Destination } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import { destination, withBaseUrl } from '../../src/catalog'
import type { BenchEvent } from '../events'

/** The default of the command `deliver`. */
export const CONCURRENCY = 64

export const API_KEY = 'fake-api-key'

/** Sends each event with `onEvent`, or each batch of one type with `onBatch`: no files, order, retries or checkpoint. */
export async function sendInLoop(url: string, items: BenchEvent[] | BenchEvent[][]): Promise<void> {
  const definition = withBaseUrl(destination, url)
  let next = 0
  const worker = async () => {
    // A shared one mixes the responses of concurrent events.
    const target = new Destination(definition)
    while (next < items.length) {
      const item = items[next++]
      if (Array.isArray(item)) {
        await target.onBatch(item, settingsFor(item[0]))
      } else {
        await target.onEvent(item, settingsFor(item))
      }
      target.responses.length = 0
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, worker))
}

function settingsFor({ type }: BenchEvent): JSONObject {
  const preset = destination.presets?.find((preset) => preset.type === 'automatic' && preset.partnerAction === type)
  return { apiKey: API_KEY, subscriptions: [preset] } as unknown as JSONObject
}
