import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from './refusal'

/**
 * An `onRequest` hook, to run after the key check: answers 404 before the body of the request is read, where Fastify's
 * own not-found handler comes after it and leaves a path that doesn't exist answering 400, 413 or 415.
 */
export function refuseUnknownEndpoint(
  request: FastifyRequest,
  _reply: FastifyReply,
  done: (error?: Error) => void
): void {
  done(request.is404 ? new Refusal(404, 'There is no such endpoint: messages go to POST /v1/events') : undefined)
}

/**
 * Fastify's `rewriteUrl`: Fastify answers a path that it can't decode before any hook runs, the key check included.
 * Sent to `/`, such a path goes the way of every path that doesn't exist.
 */
export function readableUrl({ url = '/' }: { url?: string }): string {
  try {
    decodeURI(url.split('?', 1)[0])
    return url
  } catch {
    return '/'
  }
}
