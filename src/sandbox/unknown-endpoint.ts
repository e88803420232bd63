import type { FastifyReply, FastifyRequest } from 'fastify'
import { ApiError } from './errors'

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
