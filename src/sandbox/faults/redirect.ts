import type { FastifyRequest } from 'fastify'
import type { Misbehavior } from './misbehavior'

export interface RedirectFault {
  /** `self` is the very URL that was asked. All three lead back to this sandbox, where a client that follows is seen. */
  redirect: 'host' | 'http' | 'self'
  /** Default: 307, which keeps method and body. */
  code?: 301 | 302 | 303 | 307 | 308
}

/** Redirects to another host, out of TLS, or in a circle. */
export function redirect({ redirect: to, code = 307 }: RedirectFault): Misbehavior {
  return { onRequest: (request, reply) => void reply.redirect(targetOf(request, to), code) }
}

function targetOf({ protocol, host, hostname, url }: FastifyRequest, to: RedirectFault['redirect']): string {
  switch (to) {
    case 'host':
      return `${protocol}://${host.replace(hostname, otherNameOf(hostname))}${url}`
    case 'http':
      return `http://${host}${url}`
    case 'self':
      return `${protocol}://${host}${url}`
  }
}

/** Another host by its name alone: nothing leaves this machine. */
function otherNameOf(hostname: string): string {
  return hostname === 'localhost' ? '127.0.0.1' : 'localhost'
}
