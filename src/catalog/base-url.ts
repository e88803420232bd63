import type { ActionDefinition, DestinationDefinition, RequestClient } from '@segment/actions-core'
import { BASE_URL } from '../destinations/astrolabe/ingest'

/** An API key must not go to this URL. */
export class BaseUrlError extends Error {
  override readonly name = 'BaseUrlError'
}

const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/**
 * Checks a base URL for local runs, staging and CI. An API key must not cross a network in the clear, so `http:` is
 * allowed only to this machine.
 *
 * @returns the URL without a slash at its end
 * @throws BaseUrlError if it can't be parsed, is neither `https:` nor loopback `http:`, or is more than a base URL
 */
export function parseBaseUrl(text: string): string {
  const url = parseUrl(text)
  const isPrivate = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK_HOST.test(url.hostname))
  if (!url || !isPrivate || url.username || url.password || url.search || url.hash) {
    throw new BaseUrlError(
      'The base URL must be an https: URL, or http: to localhost, 127.0.0.0/8 or [::1], without credentials, query or fragment.'
    )
  }
  return url.href.replace(/\/+$/, '')
}

/**
 * A copy of Astrolabe's definition whose requests go to another base URL, paths and options unchanged.
 *
 * @throws BaseUrlError if an API key must not go to that URL: see `parseBaseUrl`
 */
export function withBaseUrl<Settings>(
  definition: DestinationDefinition<Settings>,
  baseUrl: string
): DestinationDefinition<Settings> {
  const replacement = parseBaseUrl(baseUrl)
  const redirect =
    (request: RequestClient): RequestClient =>
    (url, options) =>
      request(replacement + pathOf(url), options)
  const { authentication, actions } = definition
  const { testAuthentication } = authentication ?? {}
  return {
    ...definition,
    authentication: authentication && {
      ...authentication,
      testAuthentication: testAuthentication && ((request, input) => testAuthentication(redirect(request), input))
    },
    actions: Object.fromEntries(Object.entries(actions).map(([key, action]) => [key, redirected(action, redirect)]))
  }
}

function redirected<Settings>(
  action: ActionDefinition<Settings>,
  redirect: (request: RequestClient) => RequestClient
): ActionDefinition<Settings> {
  const { perform, performBatch } = action
  return {
    ...action,
    perform: (request, data): unknown => perform(redirect(request), data),
    performBatch: performBatch && ((request, data): unknown => performBatch(redirect(request), data))
  }
}

/** Throws if a URL is outside the base URL, rather than send the request to Astrolabe. */
function pathOf(url: string): string {
  if (!url.startsWith(`${BASE_URL}/`)) {
    throw new BaseUrlError(`The destination sends to ${url}, which is outside ${BASE_URL}.`)
  }
  return url.slice(BASE_URL.length)
}

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}
