import type { DestinationDefinition } from '@segment/actions-core'
import { BASE_URL, destination, withBaseUrl } from '../catalog'
import type { Settings } from '../catalog'
import { BaseUrlError, parseBaseUrl } from '../secrets/base-url'
import { UsageError } from './terminal'

/** The receiver of events: Astrolabe's API, or the sandbox in this process. */
export interface Target {
  /** The base URL of its ingest API. */
  url: string
  isSandbox: boolean
  definition: DestinationDefinition<Settings>
  settings: Settings
  close(): Promise<void>
}

/** The API that the user's key belongs to. `ASTROLABE_INGEST_URL` replaces Astrolabe's own. */
export function resolveTarget(apiKey: string): Target {
  const url = resolveBaseUrl()
  return {
    url,
    definition: withBaseUrl(destination, url),
    isSandbox: false,
    settings: { apiKey },
    close: async () => undefined
  }
}

export async function startSandboxTarget(): Promise<Target> {
  // With a key nothing needs the server and its libraries.
  const { startSandbox } = await import('../sandbox/start')
  const { url, apiKey, close } = await startSandbox()
  return { url, definition: withBaseUrl(destination, url), isSandbox: true, settings: { apiKey }, close }
}

function resolveBaseUrl(): string {
  try {
    return parseBaseUrl(process.env.ASTROLABE_INGEST_URL || BASE_URL)
  } catch (error) {
    if (error instanceof BaseUrlError) {
      throw new UsageError(`ASTROLABE_INGEST_URL is invalid. ${error.message}`, { cause: error })
    }
    throw error
  }
}
