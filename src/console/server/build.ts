import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import fastify from 'fastify'
import type { FastifyInstance, FastifyServerOptions } from 'fastify'
import { closeCleanly } from '../../loopback/clean-close'
import { serveLoopbackOnly } from '../../loopback/loopback-only'
import { buildSandbox } from '../../sandbox/build'
import { trackingApi } from '../../source'
import type { Problem } from './api'
import { servePages } from './pages'
import { respondWithProblem } from './respond-with-problem'
import { connectorRoutes } from './routes/connectors'
import { destinationRoutes } from './routes/destinations'
import { engageRoutes } from './routes/engage'
import { faultRoutes } from './routes/faults'
import { mappingRoutes } from './routes/mappings'
import { filterRoutes } from './routes/filters'
import { messageRoutes } from './routes/messages'
import { recordRoutes } from './routes/records'
import { sourceRoutes } from './routes/sources'
import { testRoutes } from './routes/testing'
import { workspaceRoutes } from './routes/workspace'
import { addFirstSource, makeReady } from './starting-point'
import { ASTROLABE_PATH, ConsoleState } from './state'

export interface ConsoleOptions {
  /** How many messages, Users, Accounts and events are kept, the oldest dropped first. Default: 10,000. */
  keep?: number
  /** Whether Astrolabe's batch endpoint, which is assumed, is there. Default: `true`. */
  batch?: boolean
  /** `guide`: the steps are there to be done. `ready`: all are done, with fixed keys. Default: `guide`. */
  start?: 'guide' | 'ready'
  /** Host names and IP addresses to serve besides those of this machine. Default: none. */
  allowedHosts?: readonly string[]
  /** The folder of analytics.js's standalone build, for browsers. Without it, they can't load it from here. */
  analyticsJs?: string
  /** The version to show. */
  version?: string
  /** The folder of the built pages. Without it, there is a page that says how to build them. */
  pages?: string
}

/** The routes of the API. */
export const API_ROUTES = [
  workspaceRoutes,
  sourceRoutes,
  messageRoutes,
  destinationRoutes,
  mappingRoutes,
  filterRoutes,
  testRoutes,
  connectorRoutes,
  recordRoutes,
  faultRoutes,
  engageRoutes
]

const SERVER_OPTIONS = {
  forceCloseConnections: 'idle',
  return503OnClosing: false,
  // Keys of Users and Accounts are as long as a client makes them.
  routerOptions: { maxParamLength: 20_000, ignoreTrailingSlash: true },
  bodyLimit: 5 * 1024 * 1024,
  // `__proto__` in an event is data: it is stored and sent on, never merged.
  onProtoPoisoning: 'ignore',
  onConstructorPoisoning: 'ignore',
  ajv: { customOptions: { removeAdditional: false } }
} satisfies FastifyServerOptions

const NO_SUCH_ADDRESS: Problem = { message: 'There is no such address. The API is described at /api/openapi.json.' }

/**
 * Builds the console: Segment's Tracking API, Astrolabe's ingest API under `/astrolabe`, the API under `/api`, and the
 * pages. All are one server and forget everything when it closes.
 *
 * Opens nothing: call `listenOnLoopback` or `inject` on what it returns, and `close` at the end. Messages are delivered
 * over HTTP to this very server, so it has to listen for that.
 */
export function buildConsole({
  keep = 10_000,
  batch = true,
  start = 'guide',
  version = '',
  pages,
  allowedHosts,
  analyticsJs
}: ConsoleOptions = {}): FastifyInstance {
  const app = fastify({ ...SERVER_OPTIONS, serverFactory: (respond) => serverWith(() => sandbox, respond) })
  const origin: () => string = () => `http://127.0.0.1:${(app.server.address() as AddressInfo | null)?.port ?? 0}`
  const state = new ConsoleState({ keep, version, hasBatchEndpoint: batch, origin })
  if (start === 'ready') {
    makeReady(state)
  } else {
    addFirstSource(state)
  }
  const { workspace, faults } = state
  const sandbox = buildSandbox({ workspace, faults, batch, allowedHosts, onFault: () => state.live.changed('faults') })

  serveLoopbackOnly(app, allowedHosts)
  closeCleanly(app)
  app.addHook('onReady', async () => void (await sandbox.ready()))
  app.addHook('preClose', async () => {
    state.close()
    // Ends the connections that faults hold open.
    await sandbox.close()
  })
  app.setErrorHandler(respondWithProblem)
  app.setNotFoundHandler((_request, reply) => reply.code(404).send(NO_SUCH_ADDRESS))
  app.register(trackingApi, {
    analyticsJs,
    messageIds: state.messageIds,
    findSource: (writeKey) => state.sources.withWriteKey(writeKey),
    onMessage: (received) => state.intake.receive(received),
    onRefused: (request) => state.intake.refuse(request)
  })
  for (const routes of API_ROUTES) {
    app.register(routes, { state })
  }
  app.register(servePages, { folder: pages })
  return app
}

/** A server that passes the requests under `ASTROLABE_PATH` on to the sandbox. It exists once they come. */
function serverWith(sandbox: () => FastifyInstance, respond: RequestListener): Server {
  return createServer((request, response) => {
    if (request.url?.startsWith(`${ASTROLABE_PATH}/`)) {
      request.url = request.url.slice(ASTROLABE_PATH.length)
      sandbox().routing(request, response)
    } else {
      respond(request, response)
    }
  })
}
