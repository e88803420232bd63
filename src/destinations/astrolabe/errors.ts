import {
  getErrorCodeFromHttpStatus,
  IntegrationError,
  InvalidAuthenticationError,
  RetryableError
} from '@segment/actions-core'
import type { ModifiedResponse } from '@segment/actions-core'
import { createKeySearch } from './quoted-key'

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

/** All that `RetryableError` accepts. Any other retryable status becomes 500. */
const RETRYABLE_STATUSES: NonNullable<ConstructorParameters<typeof RetryableError>[1]>[] = [
  408, 423, 429, 500, 502, 503, 504, 505, 506, 507, 508, 509, 510, 511, 598, 599
]

/**
 * The error for a status that is not 2xx. Segment retries 408, 423, 429 and 5xx except 501.
 *
 * @param status of a response, or of one result in a batch
 * @param message Astrolabe's own message, if it gave one: see `createMessageReader`
 */
export function toError(status: number, message = defaultMessage(status)): DeliveryError {
  if (status === 401) {
    return new InvalidAuthenticationError(message)
  }
  if (isRetryable(status)) {
    const accepted = RETRYABLE_STATUSES.find((known) => known === status)
    return new RetryableError(message, accepted)
  }
  return new IntegrationError(message, getErrorCodeFromHttpStatus(status), status)
}

export function errorFromResponse(response: ModifiedResponse<ErrorBody>, apiKey: string): DeliveryError {
  // A redirect may come from any server in between, so its message is not shown.
  const message = response.status < 400 ? undefined : createMessageReader(apiKey)(parseBody(response))
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
 * Makes a function that returns Astrolabe's own message, fit to be shown: without control characters, white space folded,
 * cut at 500 characters. Undefined if there is none, or if it quotes the API key. Nothing else of a body is ever shown.
 * The results of a batch share one reader, which checks equal messages once.
 */
export function createMessageReader(apiKey: string): (body: ErrorBody | null | undefined) => string | undefined {
  const quotesKey = createKeySearch(apiKey)
  const shown = new Map<string, string>()
  return (body) => {
    const { message }: { message?: unknown } = body ?? {}
    if (typeof message !== 'string' || message.length > MAX_MESSAGE_LENGTH) {
      return undefined
    }
    if (!shown.has(message)) {
      const visible = message.replace(/\s+/g, ' ').replace(INVISIBLE, '').trim()
      shown.set(message, quotesKey(visible) ? '' : visible.slice(0, MAX_SHOWN_LENGTH).replace(LONE_SURROGATE, ''))
    }
    return shown.get(message) || undefined
  }
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
