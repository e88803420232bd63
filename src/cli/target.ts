import type { DestinationDefinition } from '@segment/actions-core'
import type { Settings } from '../destinations/astrolabe/generated-types'
import { startSandbox } from '../sandbox/start'
import { UsageError } from './terminal'

/** Where events go: Astrolabe's API, or the sandbox in this process. */
export interface Target {
  /** The base URL of its ingest API. */
  url: string
  isSandbox: boolean
  definition: DestinationDefinition<Settings>
  settings: Settings
  close(): Promise<void>
}

/** The API that the user's key belongs to. `ASTROLABE_INGEST_URL` stands in for Astrolabe's own. */
export async function findTarget(apiKey: string): Promise<Target> {
  return { ...(await loadDestination()), isSandbox: false, settings: { apiKey }, close: async () => undefined }
}

/** Starts the sandbox and points the destination at it. */
export async function startSandboxTarget(): Promise<Target> {
  const { url, apiKey, close } = await startSandbox()
  process.env.ASTROLABE_INGEST_URL = url
  return { ...(await loadDestination()), isSandbox: true, settings: { apiKey }, close }
}

/** Loaded late: the destination reads where it sends to when it is loaded. */
async function loadDestination(): Promise<Pick<Target, 'definition' | 'url'>> {
  try {
    const { destination, ingestUrl } = await import('../catalog')
    return { definition: destination, url: ingestUrl() }
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}
