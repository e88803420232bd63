import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { Misbehavior } from './misbehavior'
import { startAnswer } from './start-answer'

export interface ResetFault {
  /**
   * `before` the body of the request is read, `during` that, `after` it, when the message was taken, or in the middle of
   * the `answer`.
   */
  reset: 'before' | 'during' | 'after' | 'answer'
}

/** Resets the connection. */
export function reset({ reset: when }: ResetFault): Misbehavior {
  switch (when) {
    case 'before':
      return {
        onRequest: ({ raw }, reply) => {
          reply.hijack()
          resetConnection(raw.socket)
        }
      }
    case 'during':
      return {
        onRequest: ({ raw }, reply) => {
          reply.hijack()
          raw.once('data', () => resetConnection(raw.socket))
        }
      }
    case 'after':
      return {
        onSend: (_payload, { raw }, reply) => {
          reply.hijack()
          resetConnection(raw.socket)
        }
      }
    case 'answer':
      return {
        onSend: (payload, { raw }, reply) => {
          reply.hijack()
          startAnswer(reply, payload)
          // At once, it would take back what was just written. A client may yet see the reset as a mere end.
          raw.socket.write('', () => resetConnection(raw.socket))
        }
      }
  }
}

/** TCP alone knows a reset; to a client, TLS that breaks off without its goodbye is the same. */
export function resetConnection(socket: Socket): void {
  if (socket instanceof TLSSocket) {
    socket.destroy()
  } else {
    socket.resetAndDestroy()
  }
}
