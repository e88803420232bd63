import {
  IntegrationError,
  InvalidAuthenticationError,
  PayloadValidationError,
  RetryableError
} from '@segment/actions-core'
import type { ModifiedResponse, RequestClient } from '@segment/actions-core'
import { authorization } from './api-key'
import { errorFromResponse, noResponseError } from './errors'
import type { ErrorBody } from './errors'
import type { Settings } from './generated-types'
import type { Message } from './message'
import { ASTROLABE_INGEST_API_VERSION } from './versioning-info'

/** Assumed: Astrolabe publishes no reference for its ingest API. */
export const BASE_URL = `https://ingest.astrolabe.so/${ASTROLABE_INGEST_API_VERSION}`

const MESSAGE_PATH = '/events'

const OPTIONS = {
  method: 'post',
  // If followed, a POST becomes a GET whose 200 counts as a delivery, and the API key reaches another host.
  redirect: 'manual',
  throwHttpErrors: false,
  // Milliseconds for the response headers, then again for the body. The framework sets none when given a signal.
  timeout: 10000,
  // The framework's clone of a response over 40 KB, or of one that stalls, never ends.
  skipResponseCloning: true,
  // Bytes of a response body: node-fetch's option, which the request client passes on.
  size: 10 * 1024 * 1024
} as const

/** Errors about the message itself: the key was accepted. */
const MESSAGE_ERROR_STATUSES = [400, 422, 501]

const KEY_UNCHECKED =
  'The API key could not be checked, because Astrolabe is not available. The key may be correct. Try again in a few minutes.'

/**
 * Resolves once Astrolabe accepts the message. Returns nothing: Segment displays the return value as is.
 *
 * @throws DeliveryError unless the status is 2xx; see also `post`
 */
export async function sendMessage(request: RequestClient, { apiKey }: Settings, message: Message): Promise<void> {
  const response = await post<ErrorBody>(request, MESSAGE_PATH, apiKey, message)
  if (!response.ok) {
    throw errorFromResponse(response, apiKey)
  }
}

/**
 * Checks the API key with an empty message, which creates nothing: Astrolabe authenticates first (assumed), so an error
 * about the message means that the key is good.
 *
 * @throws DeliveryError if the key is rejected (401, 403), RetryableError if Astrolabe is not available
 */
export async function checkApiKey(request: RequestClient, { apiKey }: Settings): Promise<void> {
  const response = await post<ErrorBody>(request, MESSAGE_PATH, apiKey, {}).catch((error: unknown) => {
    const isFinal = error instanceof InvalidAuthenticationError || error instanceof IntegrationError
    throw isFinal ? error : new RetryableError(KEY_UNCHECKED)
  })
  if (response.status === 401 || response.status === 403) {
    throw errorFromResponse(response, apiKey)
  }
  if (!response.ok && !MESSAGE_ERROR_STATUSES.includes(response.status)) {
    throw new RetryableError(KEY_UNCHECKED)
  }
}

/**
 * Posts JSON to Astrolabe. Resolves with any status.
 *
 * @throws InvalidAuthenticationError if the API key can't be sent, PayloadValidationError if the request can't be built,
 * RetryableError if no response came
 */
export async function post<Body>(
  request: RequestClient,
  path: string,
  apiKey: string,
  json: unknown
): Promise<ModifiedResponse<Body>> {
  const headers = { Authorization: authorization(apiKey) }
  let response: Promise<ModifiedResponse<Body>>
  try {
    // Properties behind a spread are slow: 3 µs here, about 1 % of an event.
    response = request<Body>(`${BASE_URL}${path}`, { headers, json, ...OPTIONS })
  } catch {
    // Its message may quote the data.
    throw new PayloadValidationError("The data can't be written as JSON.")
  }
  return response.catch((error: Error) => {
    throw noResponseError(error)
  })
}
