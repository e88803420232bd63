import { IntegrationError } from '@segment/actions-core'
import { ASTROLABE_INGEST_API_VERSION } from './versioning-info'

/** Where Astrolabe takes data. Assumed: Astrolabe publishes no reference for its ingest API. */
const ASTROLABE_INGEST_URL = `https://ingest.astrolabe.so/${ASTROLABE_INGEST_API_VERSION}`

const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/** Read once, when this file is loaded: before any event is, so that no event can change it. */
const OVERRIDE = process.env.ASTROLABE_INGEST_URL

/**
 * The base URL of every request, without a slash at its end. The environment variable `ASTROLABE_INGEST_URL` replaces it
 * for local work, staging and CI, and nothing else can.
 *
 * @throws IntegrationError where the variable holds no URL that an API key may go to. Not when this file is loaded: that
 * would keep every destination beside this one from loading.
 */
export function ingestUrl(): string {
  return resolveIngestUrl(OVERRIDE)
}

/**
 * Checks the base URL that stands in for Astrolabe's own. An API key must not cross a network in the clear, so plain
 * `http:` goes to this machine only.
 *
 * @throws IntegrationError where the URL is unreadable, neither `https:` nor loopback `http:`, or more than a base URL.
 */
export function resolveIngestUrl(override: string | undefined): string {
  if (!override) {
    return ASTROLABE_INGEST_URL
  }
  const url = parseUrl(override)
  const isPrivate = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK_HOST.test(url.hostname))
  if (!url || !isPrivate || url.username || url.password || url.search || url.hash) {
    throw new IntegrationError(
      'ASTROLABE_INGEST_URL must be an https: URL, or http: to localhost, 127.0.0.0/8 or [::1], without credentials, query or fragment.',
      'MISCONFIGURED_INGEST_URL',
      500
    )
  }
  return url.href.replace(/\/+$/, '')
}

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}
