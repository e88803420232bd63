/** An API key must not go to this URL. The message says what to give instead, and repeats nothing. */
export class BaseUrlError extends Error {
  override readonly name = 'BaseUrlError'
}

/** `new URL` normalizes hosts: `127.1` becomes `127.0.0.1`. */
const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/**
 * Reads the base URL of an ingest API. An API key must not cross a network in the clear, so `http:` is allowed only to this
 * machine.
 *
 * @returns the URL without a slash at its end
 * @throws BaseUrlError if it can't be parsed, is neither `https:` nor loopback `http:`, or is more than a base URL
 */
export function parseBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isPrivate = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK_HOST.test(url.hostname))
  if (!url || !isPrivate || url.username || url.password || url.search || url.hash) {
    throw new BaseUrlError(
      'The base URL must be an https: URL, or http: to localhost, 127.0.0.0/8 or [::1], without credentials, query or fragment.'
    )
  }
  return url.href.replace(/\/+$/, '')
}
