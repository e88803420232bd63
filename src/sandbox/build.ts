import fastify from 'fastify'
import type { FastifyInstance, FastifyServerOptions } from 'fastify'
import { closeCleanly } from '../loopback/clean-close'
import { serveLoopbackOnly } from '../loopback/loopback-only'
import { authenticate } from './authentication'
import { serveDocs } from './docs'
import { serveHome } from './docs/home'
import { sendError, decodableUrl, rejectUnknownEndpoint } from './errors'
import { injectFaults } from './faults/inject'
import type { OnFault } from './faults/inject'
import type { Fault } from './faults/registry'
import { FaultSwitch } from './faults/switch'
import { restoreCertificate, tlsOptions } from './faults/tls'
import { isIso8601 } from './messages/iso-8601'
import { messageSchemas } from './messages/schema'
import { MAX_MESSAGE_BYTES } from './messages/size'
import { provenanceKeywords } from './provenance'
import { errorSchema } from './responses'
import { batchRoute } from './routes/batch'
import { eventsRoute } from './routes/events'
import { recordsRoutes } from './routes/records'
import { Workspace } from './workspace/workspace'

export interface SandboxOptions {
  /** Receives the messages; its connectors hold the keys. Default: a new one with a connector for each of `apiKeys`. */
  workspace?: Workspace
  /** Keys that work in a new workspace. Default: `SANDBOX_API_KEY`. */
  apiKeys?: string[]
  /** The records of each kind that a new workspace keeps. Default: 100,000. */
  keep?: number
  /** Keys that are valid, but get a 403. Default: none. A key that is in both lists gets a 403. */
  apiKeysWithoutPermission?: string[]
  /** `false` leaves only the documented API: `POST /v1/batch` is then 404. Default: `true`. */
  batch?: boolean
  /** Whether it serves pages for a browser: a start page at `/`, and its contract at `/docs`. Default: `false`. */
  docs?: boolean
  /** Host names and IP addresses to serve besides those of this machine. Default: none. */
  allowedHosts?: readonly string[]
  /** Its faults: fixed, or changeable while it runs. Default: none. */
  faults?: Fault[] | FaultSwitch
  onFault?: OnFault
}

/** The default key of a sandbox. It opens nothing else, so it may be printed. */
export const SANDBOX_API_KEY = 'sandbox-key-not-a-secret'

const SERVER_OPTIONS = {
  forceCloseConnections: 'idle',
  // A request that arrives on an open connection during the close is served like any other, after the key check.
  return503OnClosing: false,
  // `__proto__` and `constructor` are data like any other name: the workspace copies own properties only.
  onProtoPoisoning: 'ignore',
  onConstructorPoisoning: 'ignore',
  ajv: {
    customOptions: {
      // Fastify's defaults would repair a message: 5 becomes "5", unknown fields vanish.
      coerceTypes: false,
      removeAdditional: false,
      useDefaults: false,
      // The schemas are constants, and checking them takes half of the start.
      validateSchema: false,
      discriminator: true,
      keywords: provenanceKeywords,
      formats: { 'iso-8601': isIso8601 }
    }
  },
  // The response schemas are documentation, so they are not compiled.
  schemaController: { compilersFactory: { buildSerializer: () => () => JSON.stringify } },
  rewriteUrl: decodableUrl,
  // IDs in a path are as long as a message allows.
  routerOptions: { maxParamLength: MAX_MESSAGE_BYTES }
} satisfies FastifyServerOptions

/**
 * Builds Astrolabe's ingest API with a workspace in memory: `POST /v1/events` and `POST /v1/batch`. `GET /v1/users`,
 * `/v1/accounts` and `/v1/events` list its records.
 *
 * Opens nothing: call `listenOnLoopback` or `inject` on the result, and `close` at the end. Another server can mount it:
 * `await app.ready()`, then hijack a request and pass it on by `app.routing(request.raw, reply.raw)`.
 */
export function buildSandbox(options: SandboxOptions = {}): FastifyInstance {
  const { apiKeys = [SANDBOX_API_KEY], keep, workspace = createWorkspace(apiKeys, keep) } = options
  const { apiKeysWithoutPermission = [], batch = true, docs = false, allowedHosts, onFault } = options
  const faults = options.faults instanceof FaultSwitch ? options.faults : new FaultSwitch(options.faults)
  const app = fastify({ https: tlsOptions(faults.active), ...SERVER_OPTIONS })

  for (const schema of [...messageSchemas, errorSchema]) {
    app.addSchema(schema)
  }
  app.removeContentTypeParser('text/plain')
  app.setErrorHandler(sendError)
  serveLoopbackOnly(app, allowedHosts)
  // Before the key check, because a failing server doesn't ask for a key first.
  injectFaults(app, faults, onFault)
  restoreCertificate(app.server, faults.active)
  if (docs) {
    serveDocs(app)
    serveHome(app, workspace)
  }
  authenticate(app, { connectors: workspace.connectors, apiKeysWithoutPermission })
  app.after(() => {
    app.addHook('onRequest', rejectUnknownEndpoint)
  })
  closeCleanly(app)
  app.register(eventsRoute, { workspace })
  app.register(recordsRoutes, { workspace })
  if (batch) {
    app.register(batchRoute, { workspace })
  }
  return app
}

function createWorkspace(apiKeys: string[], keep?: number): Workspace {
  const workspace = new Workspace(keep)
  apiKeys.forEach((apiKey) => workspace.connectors.add({ name: 'Sandbox', apiKey }))
  return workspace
}
