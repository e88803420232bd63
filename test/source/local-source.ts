import { dirname } from 'node:path'
import fastify from 'fastify'
import type { FastifyInstance } from 'fastify'
import { serveLoopbackOnly } from '../../src/loopback/loopback-only'
import { trackingApi } from '../../src/source'
import type { ReceivedMessage, RefusedRequest, TrackingApiOptions } from '../../src/source'
import { basic } from '../http'

export const WRITE_KEY = 'fake-write-key'
export const ANALYTICS_JS = dirname(require.resolve('@segment/analytics-next/dist/umd/standalone.js'))

export interface LocalSource {
  app: FastifyInstance
  /** What it received so far, in order. */
  received: ReceivedMessage[]
  refused: RefusedRequest[]
}

/** A server with one source, `source-1`, as the console has them. */
export function buildSource(options: Partial<TrackingApiOptions> = {}): LocalSource {
  const received: ReceivedMessage[] = []
  const refused: RefusedRequest[] = []
  const app = fastify({ routerOptions: { ignoreTrailingSlash: true } })
  serveLoopbackOnly(app)
  app.register(trackingApi, {
    findSource: (writeKey) => (writeKey === WRITE_KEY ? { id: 'source-1' } : undefined),
    onMessage: (message) => received.push(message),
    onRefused: (request) => refused.push(request),
    ...options
  })
  return { app, received, refused }
}

export function authorization(writeKey = WRITE_KEY): string {
  return basic(`${writeKey}:`)
}
