import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** Milliseconds for running requests. */
const GRACE = 3000

/**
 * Makes `app.close()` finish running requests and then end. Node closes only the connections that are idle at that
 * moment: a busy one would stay open for its keep-alive time (72 s), and one without a request for ever.
 */
export function closeCleanly(app: FastifyInstance): void {
  // Keyed by remote address: under TLS, request.socket is not the connection's socket.
  const silent = new Map<string, Socket>()
  let closing = false

  app.server.on('connection', (socket: Socket) => {
    const peer = peerOf(socket)
    silent.set(peer, socket)
    socket.once('close', () => silent.delete(peer))
  })
  app.server.on('request', ({ socket }) => silent.delete(peerOf(socket)))

  app.addHook('preClose', async () => {
    closing = true
    silent.forEach((socket) => socket.destroy())
    // A client that stops in the middle of a request must not block the close.
    setTimeout(() => app.server.closeAllConnections(), GRACE).unref()
  })
  app.addHook('onSend', async (_request, reply) => {
    if (closing) {
      reply.header('connection', 'close')
    }
  })
}

function peerOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress}:${remotePort}`
}
