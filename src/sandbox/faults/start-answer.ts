import type { FastifyReply } from 'fastify'

/** Sends the head of a hijacked answer and the first half of its body, and leaves it at that. */
export function startAnswer(reply: FastifyReply, payload: string): void {
  const body = Buffer.from(payload)
  reply.raw.writeHead(reply.statusCode, { 'content-type': 'application/json', 'content-length': body.length })
  reply.raw.write(body.subarray(0, body.length / 2))
}
