import type { Socket } from 'node:net'
import { defineFault } from './definition'
import { resetConnection, startResponse } from './handler'
import type { FaultHandler } from './handler'

const MOMENTS = ['before', 'during', 'after', 'response'] as const

export const reset = defineFault({
  name: 'reset',
  values: MOMENTS,
  parameters: {},
  meaning: 'resets the connection before, while or after reading, or while responding',
  create: ({ reset: when }) => handlerFor(when, resetConnection)
})

export const end = defineFault({
  name: 'end',
  values: MOMENTS,
  parameters: {},
  meaning: 'ends the connection (FIN, no reset) at one of the same moments',
  create: ({ end: when }) => handlerFor(when, (socket) => void socket.end())
})

function handlerFor(when: (typeof MOMENTS)[number], breakConnection: (socket: Socket) => void): FaultHandler {
  switch (when) {
    case 'before':
      return {
        onRequest: ({ raw }, reply) => {
          reply.hijack()
          // Otherwise an ended connection would wait for somebody to read what the client still sends.
          raw.resume()
          breakConnection(raw.socket)
        }
      }
    case 'during':
      return {
        onRequest: ({ raw }, reply) => {
          reply.hijack()
          raw.once('data', () => breakConnection(raw.socket))
        }
      }
    case 'after':
      return {
        onSend: (_payload, { raw }, reply) => {
          reply.hijack()
          breakConnection(raw.socket)
        }
      }
    case 'response':
      return {
        onSend: (payload, { raw }, reply) => {
          reply.hijack()
          startResponse(reply, payload)
          // After the write, or a reset would discard it.
          raw.socket.write('', () => breakConnection(raw.socket))
        }
      }
  }
}

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
