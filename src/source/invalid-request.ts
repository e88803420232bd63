import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { ForeignRequestError } from '../loopback/loopback-only'

/** A request to which Segment responds with 400. The message is for the developer and repeats nothing of the request. */
export class InvalidRequest extends Error {
  readonly statusCode = 400

  constructor(message: string) {
    super(message)
  }
}

/** @param limit in bytes */
export function tooLarge(part: string, limit: number): InvalidRequest {
  return new InvalidRequest(`${part} is larger than ${limit / 1024} KB`)
}

/** Tells of a request that is refused as a whole. The reason is what the client is told. */
export type Refuse = (request: FastifyRequest, reason: string) => Promise<void>

/** Fastify's error handler: responds to every error as the Tracking API does, with JSON that holds `code` and `message`. */
export function createErrorHandler(refuse: Refuse) {
  return async (
    error: FastifyError | InvalidRequest,
    request: FastifyRequest,
    reply: FastifyReply
  ): Promise<FastifyReply> => {
    const { statusCode = 500 } = error
    if (statusCode === 429) {
      return reply.code(429).send(errorBody('too_many_requests', 'Too many requests: wait for the time in Retry-After'))
    }
    if (error instanceof ForeignRequestError) {
      return reply.code(403).send(errorBody('forbidden', error.message))
    }
    if (statusCode >= 500) {
      return reply.code(500).send(errorBody('internal', 'The source failed to receive this request'))
    }
    // Also what Fastify calls 413 or 415: Segment has no other status for a request that it can't accept.
    const message = messageOf(error, request)
    await refuse(request, message)
    return reply.code(400).send(errorBody('invalid_request', message))
  }
}

function messageOf(error: FastifyError | InvalidRequest, request: FastifyRequest): string {
  if (error instanceof InvalidRequest) {
    return error.message
  }
  return error.statusCode === 413
    ? tooLarge('The body', request.routeOptions.bodyLimit).message
    : 'The request could not be read'
}

export const UNKNOWN_PATH = "This path is not part of Segment's Tracking API"

export function respondToUnknownPath(_request: FastifyRequest, reply: FastifyReply): void {
  reply.code(404).send(errorBody('not_found', UNKNOWN_PATH))
}

export function errorBody(code: string, message: string): { code: string; message: string } {
  return { code, message }
}
