/** Where Astrolabe accepts data (assumed). */
export const ASTROLABE_BASE_URL = 'https://ingest.astrolabe.so/v1'

/** The user gave a URL or key that can't be used. The message says what to give instead and never repeats a key. */
export class InvalidInputError extends Error {
  override readonly name = 'InvalidInputError'
}

/**
 * Reads the base URL of an ingest API. Plain `http:` is allowed only to this machine, because an API key must not cross a
 * network in the clear.
 *
 * @returns the URL without a slash at its end
 * @throws InvalidInputError if it is unreadable, neither `https:` nor loopback `http:`, or more than a base URL
 */
export function parseBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isPrivate = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
  if (!url || !isPrivate || url.username || url.password || url.search || url.hash) {
    throw new InvalidInputError(
      'The URL must be https:, or http: to localhost, 127.0.0.0/8 or [::1], without credentials, query or fragment.'
    )
  }
  return url.href.replace(/\/+$/, '')
}

/** `new URL` normalizes hosts: `127.1` becomes `127.0.0.1`. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
}
