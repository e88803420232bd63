import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** Milliseconds that a request may still take to come in whole. */
const GRACE = 3000

/**
 * Lets `app.close()` answer the requests that are running and then end. Node closes the connections that are idle at
 * that moment and no others: one that was busy would stay open for its keep-alive time (72 s), and one that never sent
 * a request for ever.
 */
export function closeCleanly(app: FastifyInstance): void {
  // By their peers: the socket that TLS gives with a request is another than the one that connected.
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
    // A client that stops in the middle of a request does not hold up the end for ever.
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
