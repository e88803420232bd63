import { Readable } from 'node:stream'
import { Destination } from '@segment/actions-core'
import ky from 'ky'
import { basic } from '../http'
import { createKeysOf, destination, withBaseUrl } from '../../src/catalog'
import type { Settings } from '../../src/destinations/astrolabe/generated-types'
import { Delivery } from '../../src/delivery/delivery'
import type { EventResult } from '../../src/delivery/result'
import { createRuntime } from '../../src/runtime'
import { startSandbox } from '../../src/sandbox/start'

export interface LocalAstrolabe {
  /** The destination, which sends to this sandbox and nowhere else. */
  destination: Destination<Settings>
  settings: Settings
  /** Delivers events, one JSON text each, as the command does: by one request after the other, each with its retries. */
  deliver(events: string[]): Promise<EventResult[]>
  /** What the sandbox holds of a kind. */
  held<T>(kind: 'users' | 'accounts' | 'events'): Promise<T>
  close(): Promise<void>
}

/** Starts a sandbox and points the destination at it. Real sockets: no nock in between. */
export async function startLocalAstrolabe(): Promise<LocalAstrolabe> {
  const { url, apiKey, close } = await startSandbox()
  const definition = withBaseUrl(destination, url)
  const headers = { Authorization: basic(`${apiKey}:`) }
  const settings = { apiKey }
  const runtime = createRuntime({ definition, settings })
  return {
    destination: new Destination(definition),
    settings,
    async deliver(events) {
      const results: EventResult[] = []
      const delivery = await Delivery.open({
        inputs: [{ name: 'events', open: () => Readable.from([Buffer.from(events.join('\n'))]) }],
        runtime,
        keysOf: createKeysOf(runtime.mappings),
        concurrency: 1,
        retries: 5,
        notify: (notice) => {
          if (notice.kind === 'settled') {
            results.push(notice.result)
          }
        }
      })
      await delivery.deliver()
      return results
    },
    held: (kind) => ky.get(`${url}/${kind}`, { headers }).json(),
    close
  }
}
