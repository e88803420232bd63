import { assumed, documented } from './provenance'
import type { Provenance } from './provenance'

/** The body of every response that is not 2xx. */
export const errorSchema = {
  $id: 'error',
  type: 'object',
  description: 'The body of a response that is not 2xx. It may be absent.',
  ...documented,
  properties: { message: { type: 'string', description: 'The reason, to be shown to the customer.', ...documented } }
}

/**
 * The responses to a message in the contract, by status, as Fastify's response schemas. Fastify drops the fields that
 * such a schema doesn't list. The sandbox sends 202, 429 and 503 only if a fault says so.
 */
export const messageResponses = {
  200: { type: 'object', description: 'Done. The body may be empty.', ...documented },
  202: { type: 'object', description: 'Accepted for later processing. The body may be empty.', ...documented },
  400: error('Malformed request.', documented),
  ...keyErrors(documented),
  413: error('The message is too large.', assumed),
  429: rateLimited(),
  500: error('Internal error.', documented),
  501: error('This `type` of message is not supported.', documented),
  503: error('Temporarily unavailable.', documented)
}

export const resultsSchema = {
  $id: 'results',
  type: 'object',
  description: 'The result of each message of a batch.',
  ...assumed,
  required: ['results'],
  properties: {
    results: {
      type: 'array',
      description: 'One per message, in their order.',
      ...assumed,
      items: {
        type: 'object',
        required: ['status'],
        properties: {
          status: {
            type: 'integer',
            description: 'The status that the message would get in a request of its own.',
            ...assumed
          },
          message: { type: 'string', description: 'Why it was rejected, to be shown to the customer.', ...assumed }
        }
      }
    }
  }
}

export const batchResponses = {
  200: { $ref: 'results#', description: 'Every message was accepted.', ...assumed },
  207: { $ref: 'results#', description: 'Not every message was accepted: the results say which.', ...assumed },
  400: error('The batch is malformed: none of its messages was accepted.', assumed),
  ...keyErrors(assumed),
  413: error('The batch is too large: none of its messages was accepted.', assumed),
  429: rateLimited(),
  500: error('Internal error.', assumed),
  503: error('Temporarily unavailable.', assumed)
}

function keyErrors(provenance: Provenance) {
  return {
    401: error('The API key is missing, malformed, expired or revoked.', provenance),
    403: error('The API key is valid, but has no permission to send data.', provenance)
  }
}

function rateLimited() {
  const retryAfter = { type: 'string', description: 'When to send it again: seconds, or an HTTP date.', ...assumed }
  return { ...error('The rate limit is exceeded.', assumed), headers: { 'Retry-After': retryAfter } }
}

function error(description: string, provenance: Provenance) {
  return { $ref: 'error#', description, ...provenance }
}
