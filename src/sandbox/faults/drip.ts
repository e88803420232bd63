import { STATUS_CODES } from 'node:http'
import type { Misbehavior } from './misbehavior'

export interface DripFault {
  /** What comes byte by byte: the whole answer from its `header` on, or its `body` alone. */
  drip: 'header' | 'body'
  /** Milliseconds between two bytes. Default: 1,000. */
  every?: number
}

/** Takes the message and answers rightly, but slowly. */
export function drip({ drip: from, every = 1000 }: DripFault): Misbehavior {
  return {
    onSend: (payload, { raw: { socket } }, reply) => {
      reply.hijack()
      const head = headOf(reply.statusCode, payload)
      const fast = from === 'body' ? head : ''
      const slow = [...Buffer.from((from === 'body' ? '' : head) + payload)]
      socket.write(fast)
      const timer = setInterval(() => {
        socket.write(Buffer.from(slow.splice(0, 1)))
        if (slow.length === 0) {
          socket.end()
        }
      }, every)
      socket.once('close', () => clearInterval(timer))
    }
  }
}

/** Written by hand, as Node's own response sends its head in one piece. */
function headOf(status: number, payload: string): string {
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(payload)}`,
    'Connection: close',
    '\r\n'
  ].join('\r\n')
}
