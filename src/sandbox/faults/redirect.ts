import type { FastifyRequest } from 'fastify'
import { defineFault } from './definition'

/** All three lead back to this sandbox, so a test sees a client that follows. */
export const redirect = defineFault({
  name: 'redirect',
  values: ['host', 'http', 'self'],
  parameters: { code: [301, 302, 303, 307, 308] },
  meaning: 'redirects (307) to another host, to http: or to the very same URL',
  create: ({ redirect: to, code = 307 }) => ({
    onRequest: (request, reply) => void reply.redirect(targetOf(request, to), code)
  })
})

function targetOf({ protocol, host, hostname, url }: FastifyRequest, to: 'host' | 'http' | 'self'): string {
  switch (to) {
    case 'host':
      return `${protocol}://${host.replace(hostname, otherNameOf(hostname))}${url}`
    case 'http':
      return `http://${host}${url}`
    case 'self':
      return `${protocol}://${host}${url}`
  }
}

/** Another host by its name only: nothing leaves this machine. */
function otherNameOf(hostname: string): string {
  return hostname === 'localhost' ? '127.0.0.1' : 'localhost'
}
