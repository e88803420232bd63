import fastify from 'fastify'
import type { FastifyInstance } from 'fastify'
import { closeCleanly } from '../loopback/clean-close'
import { serveLoopbackOnly } from '../loopback/loopback-only'
import { refusalSchema } from './answers'
import { authenticate } from './authentication'
import { markKeywords } from './contract-marks'
import { serveDocs } from './docs'
import { answerWithMessage } from './errors'
import { misbehave } from './faults'
import type { OnFault } from './faults'
import type { Fault } from './faults/fault'
import { mendTls, tlsOptions } from './faults/tls'
import { isIso8601 } from './iso-8601'
import { messageSchemas } from './message-schema'
import { batchRoute } from './routes/batch'
import { eventsRoute } from './routes/events'
import { recordsRoutes } from './routes/records'
import { readableUrl, refuseUnknownEndpoint } from './unknown-endpoint'
import { Workspace } from './workspace'

export interface SandboxOptions {
  /** Keys that work. Default: `SANDBOX_API_KEY` alone. */
  apiKeys?: string[]
  /** Keys that are valid and answered 403. Default: none. A key that is in both lists is answered 403. */
  apiKeysWithoutPermission?: string[]
  /** `false` leaves the documented API and nothing more: `POST /v1/batch` is then 404. Default: `true`. */
  batch?: boolean
  /** Whether it serves its contract, to be read in a browser, at `/docs`. Default: `false`. */
  docs?: boolean
  /** How many events are kept, the oldest dropped first; as many message ids are remembered. Default: 10,000. */
  maxEvents?: number
  /** How many Users, and how many Accounts, are kept, the one updated longest ago dropped first. Default: 10,000. */
  maxRecords?: number
  /** How it misbehaves. Default: not at all. */
  faults?: Fault[]
  /** Called each time that a request meets a fault. */
  onFault?: OnFault
}

/** The key that a sandbox takes unless told otherwise. It opens nothing but a sandbox, so it may be printed. */
export const SANDBOX_API_KEY = 'sandbox-key-not-a-secret'

/**
 * Builds Astrolabe's ingest API, with a workspace of its own in memory: `POST /v1/events`, `POST /v1/batch`, and, to
 * see what the workspace holds, `GET /v1/users`, `GET /v1/accounts` and `GET /v1/events`.
 *
 * Opens nothing: call `listen` (on a loopback address) or `inject` on what it returns, and `close` at the end.
 */
export function buildSandbox(options: SandboxOptions = {}): FastifyInstance {
  const { apiKeys = [SANDBOX_API_KEY], apiKeysWithoutPermission = [], batch = true, docs = false } = options
  const { maxEvents = 10_000, maxRecords = 10_000, faults = [], onFault } = options
  const workspace = new Workspace({ maxEvents, maxRecords })
  const app = fastify({
    https: tlsOptions(faults),
    forceCloseConnections: 'idle',
    // A request that arrives on an open connection during the close is answered like any other, after the key check.
    return503OnClosing: false,
    // `__proto__` and `constructor` are data like any other name: the workspace copies own properties only.
    onProtoPoisoning: 'ignore',
    onConstructorPoisoning: 'ignore',
    ajv: {
      customOptions: {
        // Fastify's defaults repair a message: 5 becomes "5", unknown fields vanish. Here it must be right as it comes.
        coerceTypes: false,
        removeAdditional: false,
        useDefaults: false,
        discriminator: true,
        keywords: markKeywords,
        formats: { 'iso-8601': isIso8601 }
      }
    },
    rewriteUrl: readableUrl
  })

  for (const schema of [...messageSchemas, refusalSchema]) {
    app.addSchema(schema)
  }
  app.removeContentTypeParser('text/plain')
  app.setErrorHandler(answerWithMessage)
  serveLoopbackOnly(app)
  // Before the key check: a server in trouble does not ask for a key first.
  misbehave(app, faults, onFault)
  mendTls(app.server, faults)
  if (docs) {
    serveDocs(app)
  }
  authenticate(app, { apiKeys, apiKeysWithoutPermission })
  app.after(() => {
    app.addHook('onRequest', refuseUnknownEndpoint)
  })
  closeCleanly(app)
  app.register(eventsRoute, { workspace })
  app.register(recordsRoutes, { workspace })
  if (batch) {
    app.register(batchRoute, { workspace })
  }
  return app
}
