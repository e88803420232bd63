import { STATUS_CODES } from 'node:http'
import { defineFault } from './definition'
import { startResponse } from './handler'

/** `header` sends the whole response byte by byte, `body` only its body. */
export const drip = defineFault({
  name: 'drip',
  values: ['header', 'body'],
  parameters: { every: { from: 1, to: 60_000 } },
  meaning: 'accepts the message, then sends its response byte by byte (every 1000 ms)',
  create: ({ drip: from, every = 1000 }) => ({
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
  })
})

/** Written by hand, because Node sends the headers in one piece. */
function headOf(status: number, payload: string): string {
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(payload)}`,
    'Connection: close',
    '\r\n'
  ].join('\r\n')
}

/** The connection stays open. */
export const stall = defineFault({
  name: 'stall',
  values: ['header', 'body'],
  parameters: {},
  meaning: 'accepts the message, then stops before or in the middle of its response',
  create: ({ stall: part }) => ({
    onSend: (payload, _request, reply) => {
      reply.hijack()
      if (part === 'body') {
        startResponse(reply, payload)
      }
    }
  })
})
