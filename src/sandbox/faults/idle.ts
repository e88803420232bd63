import { defineFault } from './definition'
import { resetConnection } from './handler'

/** A request on a connection that was used before finds it gone. The first request on a new connection is served. */
export const idle = defineFault({
  name: 'idle',
  values: ['close'],
  parameters: {},
  meaning: 'closes idle connections without notice: the next request on them fails',
  create: () => ({
    isFor: ({ raw }) => raw.socket.bytesWritten > 0,
    onRequest: ({ raw }, reply) => {
      reply.hijack()
      resetConnection(raw.socket)
    }
  })
})
