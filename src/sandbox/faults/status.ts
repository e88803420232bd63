import type { FastifyReply } from 'fastify'
import { defineFault } from './definition'

/** Below 300 the response says that the message was accepted, and so it is. */
export const status = defineFault({
  name: 'status',
  values: { from: 200, to: 599 },
  parameters: { body: ['json', 'html', 'empty', '5mb'] },
  meaning: 'responds with this status; below 300 it accepts the message',
  create: ({ status: code, body = 'json' }) => {
    const respond = (reply: FastifyReply) => {
      const [contentType, text] = bodyOf(code, body)
      if (contentType) {
        reply.header('content-type', contentType)
      } else {
        reply.removeHeader('content-type')
      }
      reply.code(code)
      return text
    }
    return code < 300
      ? { onSend: (_payload, _request, reply) => respond(reply) }
      : { onRequest: (_request, reply) => void reply.send(respond(reply) || undefined) }
  }
})

function bodyOf(
  code: number,
  kind: 'json' | 'html' | 'empty' | '5mb'
): [contentType: string | undefined, text: string] {
  const message = `The sandbox was told to respond with ${code}`
  switch (kind) {
    case 'json':
      return ['application/json', JSON.stringify({ message })]
    case 'html':
      return ['text/html', `<!DOCTYPE html><html><body><h1>${message}</h1></body></html>`]
    case 'empty':
      return [undefined, '']
    case '5mb':
      return ['application/json', JSON.stringify({ message, padding: 'x'.repeat(5 * 1024 * 1024) })]
  }
}

/** Both forms of the header are allowed (RFC 9110, 10.2.3). That Astrolabe responds like this is assumed. */
export const retryAfter = defineFault({
  name: 'retry-after',
  values: ['seconds', 'date'],
  parameters: { wait: { from: 0, to: 3600 } },
  meaning: 'responds with 429 and asks to wait for this many seconds (1)',
  create: ({ 'retry-after': form, wait = 1 }) => ({
    onRequest: (_request, reply) =>
      void reply
        .code(429)
        .header('retry-after', form === 'seconds' ? String(wait) : httpDateIn(wait))
        .send({ message: 'The rate limit is exceeded' })
  })
})

/** HTTP dates have whole seconds, so it is rounded up. */
function httpDateIn(seconds: number): string {
  return new Date(Math.ceil(Date.now() / 1000 + seconds) * 1000).toUTCString()
}
