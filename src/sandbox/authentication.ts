import { timingSafeEqual } from 'node:crypto'
import basicAuth from '@fastify/basic-auth'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ApiError } from './errors'
import { digest } from './workspace/connectors'
import type { Connector, Connectors } from './workspace/connectors'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call the route: the holder of a connector's key (the default), or anybody. */
    access?: 'key' | 'public'
  }

  interface FastifyRequest {
    /** The connector whose key came with the request. */
    connector: Connector | null
  }
}

interface KnownKeys {
  connectors: Connectors
  apiKeysWithoutPermission: string[]
}

/**
 * Checks the API key of every request before anything else of it: path, content type, size, body.
 *
 * The contract: `Authorization: Basic base64("<apiKey>:")` (RFC 7617), the key as user name, the password empty, the
 * colon always there. The response to a missing, malformed or unknown key is 401, to a valid one without permission 403.
 */
export function authenticate(app: FastifyInstance, { connectors, apiKeysWithoutPermission }: KnownKeys): void {
  const withoutPermission = apiKeysWithoutPermission.map(digest)

  app.decorateRequest('connector', null)
  app.register(basicAuth, {
    authenticate: { realm: 'Astrolabe' },
    validate(apiKey, password, request, _reply, done) {
      const key = digest(apiKey)
      const lacksPermission = withoutPermission.filter((other) => timingSafeEqual(other, key)).length > 0
      const connector = connectors.findByKey(apiKey)
      if (password !== '') {
        return done(new ApiError(401, 'The password must be empty: the API key is the user name'))
      }
      if (lacksPermission) {
        return done(new ApiError(403, 'The API key is valid, but lacks the permission to send messages'))
      }
      if (!connector) {
        return done(new ApiError(401, 'The API key is unknown, expired or revoked'))
      }
      request.connector = connector
      done()
    }
  })
  // Not before `after`: until the plugin is loaded there is no `app.basicAuth`.
  app.after(() => {
    app.addHook('onRequest', (request, reply, done) =>
      request.routeOptions.config.access === 'public' ? done() : app.basicAuth(request, reply, done)
    )
  })
}

/** The connector of a request that passed the key check. */
export function connectorOf({ connector }: FastifyRequest): Connector {
  if (!connector) {
    throw new Error('This route has no key check')
  }
  return connector
}
