import type { Misbehavior } from './misbehavior'
import { resetConnection } from './reset'

export interface IdleFault {
  idle: 'close'
}

/**
 * Closes idle connections without notice, at the worst moment: a request that comes on a connection that was used before
 * finds it gone. The first request on a new connection is answered.
 */
export function closeIdleConnections(): Misbehavior {
  return {
    isFor: ({ raw }) => raw.socket.bytesWritten > 0,
    onRequest: ({ raw }, reply) => {
      reply.hijack()
      resetConnection(raw.socket)
    }
  }
}
