import type { Destination } from '@segment/actions-core'
import ky from 'ky'
import type { Settings } from '../../src/destinations/astrolabe/generated-types'
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

/**
 * Starts a sandbox and loads the destination anew, pointed at it. Real sockets: no nock in between. The framework comes
 * out of the same load: it does not know the results of a batch by another copy of itself, and takes them for success.
 */
export async function startLocalAstrolabe(): Promise<LocalAstrolabe> {
  const { url, apiKey, close } = await startSandbox()
  process.env.ASTROLABE_INGEST_URL = url
  jest.resetModules()
  const [core, { createRuntime }, { destination: definition }] = await Promise.all([
    import('@segment/actions-core'),
    import('../../src/runtime/runtime'),
    import('../../src')
  ])
  delete process.env.ASTROLABE_INGEST_URL

  const headers = { Authorization: `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}` }
  const settings = { apiKey }
  return {
    destination: new core.Destination(definition),
    runtime: createRuntime({ definition, settings }),
    settings,
    held: (kind) => ky.get(`${url}/${kind}`, { headers }).json(),
    close
  }
}
