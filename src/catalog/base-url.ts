import type { ActionDefinition, DestinationDefinition, RequestClient } from '@segment/actions-core'
import { BASE_URL } from '../destinations/astrolabe/ingest'
import { BaseUrlError, parseBaseUrl } from '../secrets/base-url'

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
