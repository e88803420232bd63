import cors from '@fastify/cors'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'
import { allowAnyPage } from '../loopback/loopback-only'
import { createErrorHandler, respondToUnknownPath, UNKNOWN_PATH } from './invalid-request'
import { createReceive, createRefuse } from './receive'
import type { ReceiveOptions } from './receive'
import { analyticsJsRoutes, settingsRoute } from './routes/analytics-js'
import { batchRoutes, callRoutes, metricsRoute } from './routes/calls'
import { pixelRoute } from './routes/pixel'

export interface TrackingApiOptions extends ReceiveOptions {
  /** The folder of analytics.js's standalone build. Without it, the paths of the scripts do not exist. */
  analyticsJs?: string
  /** Above this rate, requests are responded to with 429. Default: 1,000, which is Segment's limit for a workspace. */
  maxRequestsPerSecond?: number
}

/**
 * Segment's Tracking API as a Fastify plugin, for Segment's own clients. It owns the paths under `/v1`,
 * `/analytics.js` and `/analytics-next`, with their CORS, errors and limits, and leaves all others alone. Some clients end
 * their URLs with a slash, so the server must ignore it (`ignoreTrailingSlash`).
 */
export async function trackingApi(app: FastifyInstance, options: TrackingApiOptions): Promise<void> {
  const { analyticsJs, maxRequestsPerSecond = 1000, findSource } = options
  const receive = createReceive(options)
  const refuse = createRefuse(options)

  app.register(
    async (v1) => {
      // Clients disagree on the content type of JSON, so the type says nothing.
      v1.removeAllContentTypeParsers()
      v1.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
      allowAnyPage(v1)
      v1.setErrorHandler(createErrorHandler(refuse))
      v1.setNotFoundHandler(async (request, reply) => {
        await refuse(request, UNKNOWN_PATH)
        respondToUnknownPath(request, reply)
        return reply
      })
      await v1.register(cors, {
        origin: '*',
        methods: ['GET', 'POST'],
        allowedHeaders: ['authorization', 'content-type', 'x-retry-count'],
        exposedHeaders: ['Retry-After']
      })
      await v1.register(rateLimit, {
        max: maxRequestsPerSecond,
        timeWindow: 1000,
        keyGenerator: () => 'workspace',
        addHeadersOnExceeding: {
          'x-ratelimit-limit': false,
          'x-ratelimit-remaining': false,
          'x-ratelimit-reset': false
        }
      })
      v1.register(callRoutes, { receive })
      v1.register(batchRoutes, { receive })
      v1.register(metricsRoute)
      v1.register(pixelRoute, { receive, refuse })
      v1.register(settingsRoute, { findSource, refuse })
    },
    { prefix: '/v1' }
  )
  if (analyticsJs !== undefined) {
    app.register(analyticsJsRoutes, { folder: analyticsJs })
  }
}
