import { Destination } from '@segment/actions-core'
import ky from 'ky'
import { basic } from '../http'
import { destination, withBaseUrl } from '../../src/catalog'
import type { Settings } from '../../src/destinations/astrolabe/generated-types'
import { createRuntime } from '../../src/runtime/runtime'
import type { Runtime } from '../../src/runtime/runtime'
import { startSandbox } from '../../src/sandbox/start'

export interface LocalAstrolabe {
  /** The destination, which sends to this sandbox and nowhere else. */
  destination: Destination<Settings>
  runtime: Runtime
  settings: Settings
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
  return {
    destination: new Destination(definition),
    runtime: createRuntime({ definition, settings }),
    settings,
    held: (kind) => ky.get(`${url}/${kind}`, { headers }).json(),
    close
  }
}
