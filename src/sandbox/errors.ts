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

/**
 * An `onRequest` hook, to run after the key check. It responds with 404 before the body of the request is read. Fastify's
 * own not-found handler comes later, so that a path that doesn't exist could get a 400, 413 or 415.
 */
export function rejectUnknownEndpoint(
  request: FastifyRequest,
  _reply: FastifyReply,
  done: (error?: Error) => void
): void {
  done(request.is404 ? new ApiError(404, 'There is no such endpoint: messages go to POST /v1/events') : undefined)
}

/**
 * Fastify's `rewriteUrl`. Fastify rejects a path that it can't decode before any hook runs, the key check included.
 * Rewritten to `/-`, such a path gets the response of every path that doesn't exist.
 */
export function decodableUrl({ url = '/-' }: { url?: string }): string {
  try {
    decodeURI(url.split('?', 1)[0])
    return url
  } catch {
    return '/-'
  }
}
