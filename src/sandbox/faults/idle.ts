import { defineFault } from './definition'
import { resetConnection } from './handler'

/** Serves the first request on a connection, and resets at the second. */
export const idle = defineFault({
  name: 'idle',
  values: ['close'],
  parameters: {},
  meaning: 'closes idle connections without notice, so their next request fails',
  create: () => ({
    isFor: ({ raw }) => raw.socket.bytesWritten > 0,
    onRequest: ({ raw }, reply) => {
      reply.hijack()
      resetConnection(raw.socket)
    }
  })
})
