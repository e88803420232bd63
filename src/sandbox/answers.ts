import { assumed, documented } from './contract-marks'
import type { Mark } from './contract-marks'

/** The body of every answer that is no 2xx. */
export const refusalSchema = {
  $id: 'refusal',
  type: 'object',
  description: 'The body of an answer that is no 2xx. It may be absent.',
  ...documented,
  properties: { message: { type: 'string', description: 'Why, to be shown to the customer.', ...documented } }
}

/**
 * What the contract has a message answered with, by status, as Fastify's response schemas: what such a schema doesn't
 * list is not sent. The sandbox by itself never answers 202, 429 or 503.
 */
export const answersToMessage = {
  200: { type: 'object', description: 'Done. The body may be empty.', ...documented },
  202: { type: 'object', description: 'Accepted: it will be done. The body may be empty.', ...documented },
  400: refused('Malformed: the fault of the client.', documented),
  ...refusalsOfKeys(documented),
  413: refused('The message is too large.', assumed),
  429: rateLimited(),
  500: refused('Internal error.', documented),
  501: refused('This `type` of message is not supported.', documented),
  503: refused('Down for now.', documented)
}

export const resultsSchema = {
  $id: 'results',
  type: 'object',
  description: 'What became of each message of a batch.',
  ...assumed,
  required: ['results'],
  properties: {
    results: {
      type: 'array',
      description: 'One a message, in their order.',
      ...assumed,
      items: {
        type: 'object',
        required: ['status'],
        properties: {
          status: { type: 'integer', description: 'What the message would be answered alone.', ...assumed },
          message: { type: 'string', description: 'Why it was refused, to be shown to the customer.', ...assumed }
        }
      }
    }
  }
}

/** The same for a batch. */
export const answersToBatch = {
  200: { $ref: 'results#', description: 'Every message was taken.', ...assumed },
  207: { $ref: 'results#', description: 'Not every message was taken: the results say which.', ...assumed },
  400: refused('The batch is malformed: none of its messages was taken.', assumed),
  ...refusalsOfKeys(assumed),
  413: refused('The batch is too large: none of its messages was taken.', assumed),
  429: rateLimited(),
  500: refused('Internal error.', assumed),
  503: refused('Down for now.', assumed)
}

function refusalsOfKeys(mark: Mark) {
  return {
    401: refused('The API key is missing, malformed, expired or revoked.', mark),
    403: refused('The API key is valid, but lacks the permission.', mark)
  }
}

function rateLimited() {
  const retryAfter = { type: 'string', description: 'When to send it again: seconds, or an HTTP date.', ...assumed }
  return { ...refused('The rate limit is passed.', assumed), headers: { 'Retry-After': retryAfter } }
}

function refused(description: string, mark: Mark) {
  return { $ref: 'refusal#', description, ...mark }
}
