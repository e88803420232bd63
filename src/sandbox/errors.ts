import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { ForeignRequestError } from '../loopback/loopback-only'
import { reasonOf } from './messages/reason'

/** A response that is not 2xx. Its message is written for the customer and holds no key. */
export class ApiError extends Error {
  override readonly name = 'ApiError'

  constructor(
    readonly statusCode: number,
    message: string
  ) {
    super(message)
  }
}

/** The messages of Fastify and basic-auth are replaced: some of them repeat what the client sent. */
const MESSAGES = new Map([
  [
    'FST_BASIC_AUTH_MISSING_OR_BAD_AUTHORIZATION_HEADER',
    'The API key is missing or malformed: send it with Basic authentication'
  ],
  ['FST_ERR_CTP_EMPTY_JSON_BODY', 'The body is empty'],
  ['FST_ERR_CTP_INVALID_JSON_BODY', 'The body is not valid JSON'],
  ['FST_ERR_CTP_INVALID_MEDIA_TYPE', 'The Content-Type must be application/json']
])

/** Fastify's error handler: responds to every error with its status and `{"message": "…"}`, as the contract says. */
export function sendError(error: FastifyError | ApiError, request: FastifyRequest, reply: FastifyReply): void {
  const { statusCode = 500 } = error
  reply.code(statusCode).send({ message: messageOf(error, statusCode, request) })
}

function messageOf(error: FastifyError | ApiError, statusCode: number, request: FastifyRequest): string {
  if (error instanceof ApiError || error instanceof ForeignRequestError) {
    return error.message
  }
  if (error.validation) {
    return reasonOf(error.validation, error.validationContext === 'querystring' ? 'query' : 'body')
  }
  if (statusCode === 413) {
    return `The body is larger than ${request.routeOptions.bodyLimit / 1024 / 1024} MB`
  }
  if (statusCode >= 500) {
    return 'Astrolabe failed to process this request'
  }
  return MESSAGES.get(error.code) ?? 'The request could not be read'
}
