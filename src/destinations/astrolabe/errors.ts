import {
  getErrorCodeFromHttpStatus,
  IntegrationError,
  InvalidAuthenticationError,
  RetryableError
} from '@segment/actions-core'
import type { ModifiedResponse } from '@segment/actions-core'
import { redactApiKey } from './redaction'

/** An error whose class tells Segment whether to retry. */
export type DeliveryError = IntegrationError | InvalidAuthenticationError | RetryableError

/** The body of a 4xx or 5xx response, and a result of a rejected message in a batch. */
export interface ErrorBody {
  message?: string
}

/** Characters of Astrolabe's own message that a customer is shown. */
const MAX_SHOWN_LENGTH = 500

/** A longer message is not meant for a customer. */
const MAX_MESSAGE_LENGTH = 2000

/** Control characters, and characters that only change how others are shown. */
const INVISIBLE = /[\p{Cc}\p{Cf}]/gu

const LONE_SURROGATE = /[\uD800-\uDBFF]$/

type RetryableStatus = NonNullable<ConstructorParameters<typeof RetryableError>[1]>

/** All that `RetryableError` accepts. Any other retryable status becomes 500. */
const RETRYABLE_STATUSES: RetryableStatus[] = [
  408, 423, 429, 500, 502, 503, 504, 505, 506, 507, 508, 509, 510, 511, 598, 599
]

/**
 * The error for a status that is not 2xx. Segment retries 408, 423, 429 and 5xx except 501.
 *
 * @param status of a response, or of one result in a batch
 * @param message Astrolabe's own message, if it gave one: see `errorMessageFromBody`
 */
export function toError(status: number, message = defaultMessage(status)): DeliveryError {
  if (status === 401) {
    return new InvalidAuthenticationError(message)
  }
  if (isRetryable(status)) {
    return new RetryableError(message, isRetryableStatus(status) ? status : 500)
  }
  return new IntegrationError(message, getErrorCodeFromHttpStatus(status), status)
}

export function errorFromResponse(response: ModifiedResponse<ErrorBody>, apiKey: string): DeliveryError {
  // A redirect may come from any server in between, so its message is not shown.
  const message = response.status < 400 ? undefined : errorMessageFromBody(parseBody(response), apiKey)
  return toError(response.status, message)
}

/**
 * Replaces the request client's error, which contains the whole request (API key, traits). The platform's own 408
 * carries no request, so it passes through.
 */
export function noResponseError(error: Error & { status?: number; code?: string; type?: string }): Error {
  if (error.status === 408) {
    return error
  }
  if (error.type === 'max-size') {
    return new RetryableError("Astrolabe's response is larger than 10 MB.")
  }
  return new RetryableError(`Astrolabe did not respond (${error.message}).`, error.code === 'ETIMEDOUT' ? 408 : 500)
}

/**
 * Astrolabe's own message, fit to be shown: without the API key and control characters, white space folded, cut at 500
 * characters. Nothing else of a body is ever shown.
 *
 * @param body the parsed body: only `{ "message": "…" }` counts
 */
export function errorMessageFromBody(body: ErrorBody | null | undefined, apiKey: string): string | undefined {
  const { message }: { message?: unknown } = body ?? {}
  if (typeof message !== 'string' || message.length > MAX_MESSAGE_LENGTH) {
    return undefined
  }
  const visible = redactApiKey(message, apiKey).replace(/\s+/g, ' ').replace(INVISIBLE, '')
  // White space or invisible characters inside the key may have hidden it until now.
  const printable = redactApiKey(visible, apiKey).trim()
  return printable.slice(0, MAX_SHOWN_LENGTH).replace(LONE_SURROGATE, '') || undefined
}

/** The body as JSON, whatever the content type says. Undefined if it is not JSON. */
export function parseBody<Body>({ data }: ModifiedResponse<Body>): Body | undefined {
  if (typeof data !== 'string') {
    return data
  }
  try {
    return JSON.parse(data) as Body
  } catch {
    return undefined
  }
}

function isRetryable(status: number): boolean {
  return status === 408 || status === 423 || status === 429 || (status >= 500 && status !== 501)
}

function isRetryableStatus(status: number): status is RetryableStatus {
  return (RETRYABLE_STATUSES as number[]).includes(status)
}

function defaultMessage(status: number): string {
  if (status < 400) {
    return 'Astrolabe responded with a redirect. It is not followed, because the API key must not reach another host. Contact team@astrolabe.so.'
  }
  switch (status) {
    case 401:
      return 'Astrolabe does not accept the API key. Copy it again from the Segment.com connector in Astrolabe and paste it into the settings of this destination.'
    case 403:
      return 'The API key is valid but may not send data. Check the Segment.com connector in Astrolabe, or contact team@astrolabe.so.'
    case 404:
    case 405:
      return 'Astrolabe accepts no data at this address. Contact team@astrolabe.so.'
    case 413:
      return 'The event is larger than Astrolabe accepts. Map fewer or smaller traits, properties or context.'
    case 429:
      return "Astrolabe's rate limit is exceeded."
    case 501:
      return 'Astrolabe does not support this type of call. Turn this mapping off.'
  }
  return isRetryable(status)
    ? `Astrolabe is temporarily unavailable (status ${status}).`
    : `Astrolabe rejected the event without a reason (status ${status}). Check the mapping of this action.`
}
