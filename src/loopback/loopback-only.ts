import type { IncomingMessage } from 'node:http'
import { TLSSocket } from 'node:tls'
import type { FastifyInstance } from 'fastify'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Which pages may call the route: those that this server serves (the default), or any page. */
    callableFrom?: 'own pages' | 'any page'
  }
}

/** A request that a local server must not serve. */
export class ForeignRequestError extends Error {
  override readonly name = 'ForeignRequestError'
  readonly statusCode = 403
}

/**
 * Rejects requests of foreign web pages. Call it before any other hook is added.
 *
 * A page can reach a local server by its own host name that resolves to 127.0.0.1 (DNS rebinding), which shows in the
 * host, or by a cross-origin request, which shows in `Origin`.
 *
 * @param allowedHosts names and IP addresses to serve besides those of this machine
 */
export function serveLoopbackOnly(app: FastifyInstance, allowedHosts: readonly string[] = []): void {
  const allowed = new Set([...LOOPBACK, ...allowedHosts].map((name) => name.toLowerCase()))
  app.addHook('onRequest', (request, _reply, done) => {
    const { callableFrom = 'own pages' } = request.routeOptions.config
    const reason = foreignHost(request.raw, request.originalUrl, allowed) ?? foreignOrigin(request.raw, callableFrom)
    done(reason === undefined ? undefined : new ForeignRequestError(reason))
  })
}

/** Lets any page call the routes that are registered after this. They need their own CORS headers. */
export function allowAnyPage(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, callableFrom: 'any page' }
  })
}

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

/** An absolute URL in the request line overrides `Host` (RFC 9112, 3.2.2), so both are checked. */
function foreignHost(
  { headers: { host = '' } }: IncomingMessage,
  url: string,
  allowed: ReadonlySet<string>
): string | undefined {
  const authority = url.startsWith('/') ? host : (/^https?:\/\/([^/?#]*)/i.exec(url)?.[1] ?? '')
  return allowed.has(nameIn(host)) && allowed.has(nameIn(authority))
    ? undefined
    : `This server serves only the hosts ${listed([...allowed])}`
}

const MAX_PORT = 65_535

/** The host without its port, in lower case. An IPv6 address keeps its brackets. */
function nameIn(host: string): string {
  return host.replace(/:(\d{1,5})$/, (all, port) => (Number(port) > MAX_PORT ? all : '')).toLowerCase()
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

function foreignOrigin({ headers, socket }: IncomingMessage, callableFrom: string): string | undefined {
  const { origin, host = '' } = headers
  const own = `${socket instanceof TLSSocket ? 'https' : 'http'}://${host}`
  return origin === undefined || callableFrom === 'any page' || origin.toLowerCase() === own.toLowerCase()
    ? undefined
    : 'This server does not serve pages of another origin'
}
