import { InvalidInput } from './invalid-input'

/** Where Astrolabe takes data. Assumed, as all but the form of the single message is. */
export const ASTROLABE_BASE_URL = 'https://ingest.astrolabe.so/v1'

/**
 * Reads the base URL of an ingest API. An API key must not cross a network in the clear, so plain `http:` goes to this
 * machine only.
 *
 * @returns the URL without a slash at its end
 * @throws InvalidInput where it is unreadable, neither `https:` nor loopback `http:`, or more than a base URL
 */
export function parseBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isPrivate = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
  if (!url || !isPrivate || url.username || url.password || url.search || url.hash) {
    throw new InvalidInput(
      'The URL must be https:, or http: to localhost, 127.0.0.0/8 or [::1], without credentials, query or fragment.'
    )
  }
  return url.href.replace(/\/+$/, '')
}

/** `new URL` has written the host in its one short form by now: `127.1` is `127.0.0.1`. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
}
