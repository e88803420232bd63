import { destination, withBaseUrl } from '../../src/catalog'
import type { BenchEvent } from '../events'
import { sender } from '../sender'
import type { Mode } from '../sender'

/** The default of the command `deliver`. */
export const CONCURRENCY = 64

export const API_KEY = 'fake-api-key'

/** Sends single events with `onEvent`, or batches with `onBatch`: no files, order, retries or checkpoint. */
export async function sendInLoop(url: string, mode: Mode, batches: BenchEvent[][]): Promise<void> {
  const definition = withBaseUrl(destination, url)
  let next = 0
  const worker = async () => {
    // A shared one mixes the responses of concurrent events.
    const send = sender('Loop', definition, { apiKey: API_KEY })
    while (next < batches.length) {
      await send(mode, batches[next++])
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, worker))
}
