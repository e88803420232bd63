import { createHash, timingSafeEqual } from 'node:crypto'
import basicAuth from '@fastify/basic-auth'
import type { FastifyInstance } from 'fastify'
import { Refusal } from './refusal'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether a request needs no API key. Default: `false`. */
    isPublic?: boolean
  }
}

export interface KnownKeys {
  apiKeys: string[]
  apiKeysWithoutPermission: string[]
}

/**
 * Checks the API key of every request before anything else of it is looked at: path, content type, size, body.
 *
 * The contract: `Authorization: Basic base64("<apiKey>:")` (RFC 7617), the key as user name, the password empty, the
 * colon always there. A missing, malformed or unknown key is answered 401, a valid one that lacks permission 403.
 */
export function authenticate(app: FastifyInstance, { apiKeys, apiKeysWithoutPermission }: KnownKeys): void {
  const allowed = apiKeys.map(digest)
  const withoutPermission = apiKeysWithoutPermission.map(digest)

  app.register(basicAuth, {
    authenticate: { realm: 'Astrolabe' },
    validate(apiKey, password, _request, _reply, done) {
      const key = digest(apiKey)
      const isAllowed = isAmong(allowed, key)
      const lacksPermission = isAmong(withoutPermission, key)
      if (password !== '') {
        return done(new Refusal(401, 'The password must be empty: the API key is the user name'))
      }
      if (lacksPermission) {
        return done(new Refusal(403, 'The API key is valid, but lacks the permission to send messages'))
      }
      if (!isAllowed) {
        return done(new Refusal(401, 'The API key is unknown, expired or revoked'))
      }
      done()
    }
  })
  // Not before `after`: until the plugin is loaded there is no `app.basicAuth`.
  app.after(() => {
    app.addHook('onRequest', (request, reply, done) =>
      request.routeOptions.config.isPublic ? done() : app.basicAuth(request, reply, done)
    )
  })
}

/** Hashed, keys of any length have one length, which is what `timingSafeEqual` asks for. */
function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}

/** Compares with every key, the found one too, so that the time it takes says nothing about the keys. */
function isAmong(known: Buffer[], key: Buffer): boolean {
  return known.reduce((found, candidate) => timingSafeEqual(candidate, key) || found, false)
}
