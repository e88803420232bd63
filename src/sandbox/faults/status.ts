import type { FastifyReply } from 'fastify'
import type { Misbehavior } from './misbehavior'

export interface StatusFault {
  /** 200 to 599. Below 300 it says that the message was taken, and so it is. */
  status: number
  /** Default: `json`, with a `message`. */
  body?: 'json' | 'html' | 'empty' | '5mb'
}

/** Answers with any status, whatever was asked. */
export function answerWithStatus({ status, body = 'json' }: StatusFault): Misbehavior {
  const answer = (reply: FastifyReply) => {
    const [contentType, text] = BODIES[body](status)
    if (contentType) {
      reply.header('content-type', contentType)
    } else {
      reply.removeHeader('content-type')
    }
    reply.code(status)
    return text
  }
  return status < 300
    ? { onSend: (_payload, _request, reply) => answer(reply) }
    : { onRequest: (_request, reply) => void reply.send(answer(reply) || undefined) }
}

type Body = [contentType: string | undefined, text: string]

const BODIES: Record<NonNullable<StatusFault['body']>, (status: number) => Body> = {
  json: (status) => ['application/json', JSON.stringify({ message: messageOf(status) })],
  html: (status) => ['text/html', `<!DOCTYPE html><html><body><h1>${messageOf(status)}</h1></body></html>`],
  empty: () => [undefined, ''],
  '5mb': (status) => [
    'application/json',
    JSON.stringify({ message: messageOf(status), padding: 'x'.repeat(5 * 1024 * 1024) })
  ]
}

function messageOf(status: number): string {
  return `The sandbox was told to answer ${status}`
}
