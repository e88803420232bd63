import {
  getErrorCodeFromHttpStatus,
  IntegrationError,
  InvalidAuthenticationError,
  RetryableError
} from '@segment/actions-core'
import { redactApiKey } from './api-key'

/** What Astrolabe, or this destination in its stead, did not take, in the class that tells Segment whether to retry. */
export type Refusal = IntegrationError | InvalidAuthenticationError | RetryableError

/** The most characters of Astrolabe's own message that a customer is shown. */
const EXPLANATION_LIMIT = 500

/** Control characters, and those that only change how others are shown. */
const INVISIBLE = /[\p{Cc}\p{Cf}]/gu

const HALF_CHARACTER = /[\uD800-\uDBFF]$/

type RetryableStatus = NonNullable<ConstructorParameters<typeof RetryableError>[1]>

/** The statuses that Segment's `RetryableError` can carry. Any other that is worth another try is reported as 500. */
const RETRYABLE_STATUSES: RetryableStatus[] = [
  408, 423, 429, 500, 502, 503, 504, 505, 506, 507, 508, 509, 510, 511, 598, 599
]

/**
 * The error for a status that is not 2xx. Segment sends again what was answered 408, 423, 429 or 5xx but 501; everything
 * else is final.
 *
 * @param status the HTTP status of an answer, or of one result in a batch
 * @param explanation Astrolabe's own message, where it gave one: see `explanationIn`
 */
export function refusal(status: number, explanation = defaultExplanation(status)): Refusal {
  if (status === 401) {
    return new InvalidAuthenticationError(explanation)
  }
  if (isWorthAnotherTry(status)) {
    return new RetryableError(explanation, isRetryableStatus(status) ? status : 500)
  }
  return new IntegrationError(explanation, getErrorCodeFromHttpStatus(status), status)
}

/**
 * The error where the connection broke or nothing came in time. In place of the request client's own: that one carries
 * the whole request, API key and traits included, to wherever errors are logged. What tells that the platform itself ended
 * the request (408) carries none, and stays.
 */
export function noAnswer(error: Error & { status?: number; code?: string }): Error {
  return error.status === 408
    ? error
    : new RetryableError(
        `Astrolabe did not answer (${error.message}). Segment sends this again later.`,
        error.code === 'ETIMEDOUT' ? 408 : 500
      )
}

/**
 * Astrolabe's own `message` out of the body of an answer, fit to be shown to the customer: white space folded, control
 * characters and the API key taken out, cut at 500 characters. Nothing else of a body is ever shown.
 *
 * @param body the parsed body: only `{ "message": "…" }` counts
 */
export function explanationIn(body: unknown, apiKey: string): string | undefined {
  const { message } = (body ?? {}) as { message?: unknown }
  if (typeof message !== 'string') {
    return undefined
  }
  const printable = redactApiKey(message, apiKey).replace(/\s+/g, ' ').replace(INVISIBLE, '').trim()
  return printable.slice(0, EXPLANATION_LIMIT).replace(HALF_CHARACTER, '') || undefined
}

function isWorthAnotherTry(status: number): boolean {
  return status === 408 || status === 423 || status === 429 || (status >= 500 && status !== 501)
}

function isRetryableStatus(status: number): status is RetryableStatus {
  return (RETRYABLE_STATUSES as number[]).includes(status)
}

function defaultExplanation(status: number): string {
  if (status < 400) {
    return 'Astrolabe answered with a redirect, which is not followed: the API key must not reach another host. Contact team@astrolabe.so.'
  }
  switch (status) {
    case 401:
      return 'Astrolabe does not accept the API key. Copy it again from the Segment.com connector in Astrolabe and paste it into the settings of this destination.'
    case 403:
      return 'The API key is valid but may not send data. Check the Segment.com connector in Astrolabe, or contact team@astrolabe.so.'
    case 404:
    case 405:
      return 'This is not the address where Astrolabe takes data. Contact team@astrolabe.so.'
    case 413:
      return 'This is larger than Astrolabe takes. Map fewer or smaller traits, properties or context.'
    case 429:
      return "Astrolabe's rate limit is used up. Segment sends this again later."
    case 501:
      return 'Astrolabe does not support this type of call. Turn this mapping off.'
  }
  return isWorthAnotherTry(status)
    ? `Astrolabe could not take this for now (status ${status}). Segment sends it again later.`
    : `Astrolabe refused this (status ${status}) without saying why. Check how the fields of this action are mapped.`
}
