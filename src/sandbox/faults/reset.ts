import { defineFault } from './definition'
import { resetConnection, startResponse } from './handler'
import type { FaultHandler } from './handler'

export const reset = defineFault({
  name: 'reset',
  values: ['before', 'during', 'after', 'response'],
  parameters: {},
  meaning: 'resets the connection before, while or after reading, or while responding',
  create: ({ reset: when }) => HANDLERS[when]
})

const HANDLERS: Record<'before' | 'during' | 'after' | 'response', FaultHandler> = {
  before: {
    onRequest: ({ raw }, reply) => {
      reply.hijack()
      resetConnection(raw.socket)
    }
  },
  during: {
    onRequest: ({ raw }, reply) => {
      reply.hijack()
      raw.once('data', () => resetConnection(raw.socket))
    }
  },
  after: {
    onSend: (_payload, { raw }, reply) => {
      reply.hijack()
      resetConnection(raw.socket)
    }
  },
  response: {
    onSend: (payload, { raw }, reply) => {
      reply.hijack()
      startResponse(reply, payload)
      // After the write, or the reset would discard it. A client may see a normal end instead of a reset.
      raw.socket.write('', () => resetConnection(raw.socket))
    }
  }
}
