import {
  IntegrationError,
  InvalidAuthenticationError,
  MultiStatusResponse,
  RetryableError
} from '@segment/actions-core'
import type { ErrorCodes, JSONLikeObject, ModifiedResponse, RequestClient } from '@segment/actions-core'
import { authorization } from './api-key'
import type { Settings } from './generated-types'
import type { Message } from './message'
import { explanationIn, noAnswer, refusal } from './refusal'
import type { Refusal } from './refusal'
import { ASTROLABE_INGEST_API_VERSION } from './versioning-info'

/** Assumed: Astrolabe publishes no reference for its ingest API. */
export const BASE_URL = `https://ingest.astrolabe.so/${ASTROLABE_INGEST_API_VERSION}`

const MESSAGE_PATH = '/events'

/** Assumed, like all that is said here of batches: which is why "Batch events" is off until a customer turns it on. */
const BATCH_PATH = '/batch'

/** Milliseconds for the head of an answer, and again for its body. The framework sets none where it is given a signal. */
const TIMEOUT = 10000

/**
 * Sends one message. Astrolabe has taken it when this resolves, with nothing: Segment shows what is returned as it is.
 *
 * @throws `refusal`'s error for an answer other than 2xx, `noAnswer`'s where there was none
 */
export async function sendMessage(request: RequestClient, { apiKey }: Settings, message: Message): Promise<void> {
  const response = await post(request, MESSAGE_PATH, apiKey, message)
  if (!response.ok) {
    throw refusalIn(response, apiKey)
  }
}

/**
 * Sends many messages in one request and answers for each payload in its place. A payload that `toMessage` refuses stays
 * behind alone; a message counts as delivered only where its own result says so.
 *
 * @throws one error for all where the request as a whole was refused, or where the results cannot be told apart
 */
export async function sendBatch<Payload>(
  request: RequestClient,
  { apiKey }: Settings,
  payloads: Payload[],
  toMessage: (payload: Payload) => Message
): Promise<MultiStatusResponse> {
  const responses = new MultiStatusResponse()
  const messages: Message[] = []
  const places: number[] = []
  payloads.forEach((payload, place) => {
    try {
      messages.push(toMessage(payload))
      places.push(place)
    } catch (error) {
      setRefusal(responses, place, error as Error)
    }
  })

  const results = messages.length > 0 ? await postBatch(request, apiKey, messages) : []
  results.forEach((result, index) => {
    const { status } = (result ?? {}) as { status?: unknown }
    if (isSuccess(status)) {
      responses.setSuccessResponseAtIndex(places[index], { status, sent: asJSON(messages[index]), body: { status } })
    } else if (isError(status)) {
      const error = refusal(status, explanationIn(result, apiKey))
      setRefusal(responses, places[index], error, { status, message: error.message })
    } else {
      setRefusal(responses, places[index], new RetryableError(RESULT_UNREADABLE), {})
    }
  })
  return responses
}

/**
 * Asks Astrolabe whether it takes the API key, with an empty message that creates nothing: authentication is checked
 * first, so that 400, or another word on the message itself, tells a good key from a bad one (assumed).
 *
 * @throws `refusal`'s error where the key is refused (401, 403), RetryableError where Astrolabe could not be asked
 */
export async function checkApiKey(request: RequestClient, { apiKey }: Settings): Promise<void> {
  const response = await post(request, MESSAGE_PATH, apiKey, {}).catch((error: unknown) => {
    const isOurs = error instanceof InvalidAuthenticationError || error instanceof IntegrationError
    throw isOurs ? error : new RetryableError(KEY_UNCHECKED)
  })
  if (response.status === 401 || response.status === 403) {
    throw refusalIn(response, apiKey)
  }
  if (!response.ok && !WORDS_ON_THE_MESSAGE.includes(response.status)) {
    throw new RetryableError(KEY_UNCHECKED)
  }
}

/** Malformed, not processable, type not supported: Astrolabe has looked at the message, and so taken the key. */
const WORDS_ON_THE_MESSAGE = [400, 422, 501]

const BATCH_UNSUPPORTED = 'This Astrolabe API has no batch endpoint. Turn "Batch events" off in this mapping.'
const BATCH_TOO_LARGE =
  'This batch is larger than Astrolabe takes. Turn "Batch events" off in this mapping, or map fewer or smaller traits, properties or context.'
const RESULTS_UNREADABLE =
  "Astrolabe's answer does not say what became of each event of this batch. Segment sends the batch again later."
const RESULT_UNREADABLE = "Astrolabe's answer does not say what became of this event. Segment sends it again later."
const KEY_UNCHECKED =
  'Astrolabe could not be asked about the API key, which may well be right. Try again in a few minutes.'

/** The results of a batch: as many as messages, in their order. */
async function postBatch(request: RequestClient, apiKey: string, batch: Message[]): Promise<unknown[]> {
  const response = await post(request, BATCH_PATH, apiKey, { batch })
  if (response.status === 404 || response.status === 405 || response.status === 501) {
    throw refusal(response.status, BATCH_UNSUPPORTED)
  }
  if (response.status === 413) {
    throw refusal(413, explanationIn(bodyOf(response), apiKey) ?? BATCH_TOO_LARGE)
  }
  if (!response.ok) {
    throw refusalIn(response, apiKey)
  }
  const { results } = (bodyOf(response) ?? {}) as { results?: unknown }
  if (!Array.isArray(results) || results.length !== batch.length) {
    throw new RetryableError(RESULTS_UNREADABLE)
  }
  return results as unknown[]
}

/**
 * No redirect is followed: a POST would become a GET whose 200 counts as a delivery, and the API key would reach another
 * host. `skipResponseCloning`, because the framework's clone of an answer over 40 KB, or of one that stalls, never ends.
 */
async function post(request: RequestClient, path: string, apiKey: string, json: unknown): Promise<ModifiedResponse> {
  return request(BASE_URL + path, {
    method: 'post',
    headers: { Authorization: authorization(apiKey) },
    json,
    redirect: 'manual',
    throwHttpErrors: false,
    timeout: TIMEOUT,
    skipResponseCloning: true
  }).catch((error: Error) => {
    throw noAnswer(error)
  })
}

/** Traits, properties and context hold what the event's JSON held, which the generated types don't know. */
function asJSON(message: Message): JSONLikeObject {
  return message as JSONLikeObject
}

function refusalIn(response: ModifiedResponse, apiKey: string): Refusal {
  // What comes with a redirect is not for the customer's eyes: they can't follow it either.
  const explanation = response.status < 400 ? undefined : explanationIn(bodyOf(response), apiKey)
  return refusal(response.status, explanation)
}

function isSuccess(status: unknown): status is number {
  return typeof status === 'number' && status >= 200 && status < 300
}

function isError(status: unknown): status is number {
  return typeof status === 'number' && status >= 400 && status < 600
}

/** The body as JSON, whatever the content type says. Undefined where it is none. */
function bodyOf({ data }: ModifiedResponse): unknown {
  if (typeof data !== 'string') {
    return data
  }
  try {
    return JSON.parse(data)
  } catch {
    return undefined
  }
}

/**
 * @param error a Refusal, or whatever broke the mapping: that has neither status nor code, and Segment sends it again
 * @param body what Astrolabe answered: with it, Segment shows Astrolabe as the one who refused
 */
function setRefusal(responses: MultiStatusResponse, place: number, error: Error, body?: JSONLikeObject): void {
  const { status = 500, code }: Partial<Refusal> = error
  responses.setErrorResponseAtIndex(place, {
    status,
    // Every code that this destination's errors carry comes from ErrorCodes.
    errortype: code as keyof typeof ErrorCodes,
    errormessage: error.message,
    body
  })
}
