import { MultiStatusResponse, RetryableError } from '@segment/actions-core'
import type { ErrorCodes, JSONLikeObject, RequestClient } from '@segment/actions-core'
import { createMessageReader, errorFromResponse, parseBody, toError } from './errors'
import type { DeliveryError, ErrorBody } from './errors'
import type { Settings } from './generated-types'
import { post } from './ingest'
import type { Message } from './message'

/** Assumed, like the form of its responses: batching is off until a customer turns it on. */
const BATCH_PATH = '/batch'

/** One result per message, in the order of the messages. A rejected message's result may say why. */
interface BatchResponse extends ErrorBody {
  results?: (ErrorBody & { status: number })[]
}

const BATCH_UNSUPPORTED = 'This Astrolabe API has no batch endpoint. Turn "Enable Batching" off in this mapping.'
const BATCH_TOO_LARGE =
  'The batch is larger than Astrolabe accepts. Turn "Enable Batching" off in this mapping, or map fewer or smaller traits, properties or context.'
const RESULTS_INVALID = "Astrolabe's response does not contain one result for each event of the batch."
const RESULT_INVALID = "Astrolabe's response does not contain a valid result for this event."

/**
 * Sends many messages in one request and reports on each payload in its place. A payload that `toMessage` rejects does
 * not affect the others. A message counts as delivered only if its own result says so.
 *
 * @throws DeliveryError for the whole batch if Astrolabe rejects it, or if its results can't be matched to messages
 */
export async function sendBatch<Payload>(
  request: RequestClient,
  { apiKey }: Settings,
  payloads: Payload[],
  toMessage: (payload: Payload) => Message
): Promise<MultiStatusResponse> {
  const responses = new MultiStatusResponse()
  const messages: Message[] = []
  const indices: number[] = []
  payloads.forEach((payload, index) => {
    try {
      messages.push(toMessage(payload))
      indices.push(index)
    } catch (error) {
      setError(responses, index, error as Error)
    }
  })

  const results = messages.length > 0 ? await postBatch(request, apiKey, messages) : []
  const messageOf = createMessageReader(apiKey)
  results.forEach((result, position) => {
    const index = indices[position]
    // Traits, properties and context are JSON, which the generated types don't know.
    const sent = messages[position] as JSONLikeObject
    const status: unknown = result?.status
    if (isSuccess(status)) {
      responses.setSuccessResponseAtIndex(index, { status, sent, body: { status } })
    } else if (isError(status)) {
      const error = toError(status, messageOf(result))
      setError(responses, index, error, { sent, body: { status, message: error.message } })
    } else {
      setError(responses, index, new RetryableError(RESULT_INVALID), { sent, body: {} })
    }
  })
  return responses
}

async function postBatch(
  request: RequestClient,
  apiKey: string,
  batch: Message[]
): Promise<NonNullable<BatchResponse['results']>> {
  const response = await post<BatchResponse>(request, BATCH_PATH, apiKey, { batch })
  if (response.status === 404 || response.status === 405 || response.status === 501) {
    throw toError(response.status, BATCH_UNSUPPORTED)
  }
  if (response.status === 413) {
    throw toError(413, createMessageReader(apiKey)(parseBody(response)) ?? BATCH_TOO_LARGE)
  }
  if (!response.ok) {
    throw errorFromResponse(response, apiKey)
  }
  const results = parseBody(response)?.results
  if (!Array.isArray(results) || results.length !== batch.length) {
    throw new RetryableError(RESULTS_INVALID)
  }
  return results
}

function isSuccess(status: unknown): status is number {
  return typeof status === 'number' && status >= 200 && status < 300
}

function isError(status: unknown): status is number {
  return typeof status === 'number' && status >= 400 && status < 600
}

/**
 * @param error a DeliveryError, or a bug: that has neither status nor code, and Segment retries it
 * @param exchange the message and Astrolabe's result, if it was sent: Segment then shows that Astrolabe rejected it
 */
function setError(
  responses: MultiStatusResponse,
  index: number,
  error: Error,
  exchange?: { sent: JSONLikeObject; body: JSONLikeObject }
): void {
  const { status = 500, code, message }: Partial<DeliveryError> & Error = error
  responses.setErrorResponseAtIndex(index, {
    status,
    // All codes of this destination's errors come from ErrorCodes.
    errortype: code as keyof typeof ErrorCodes,
    errormessage: message,
    ...exchange
  })
}
