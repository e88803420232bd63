import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * What a fault does to a request that it meets: one of the three, named after Fastify's hooks. Nothing of what the
 * sandbox would do comes after it.
 */
export interface FaultHandler {
  /** Whether the fault is for this request. Default: for every message and every batch. */
  isFor?(request: FastifyRequest): boolean
  /** Before the key is checked and the body read. */
  onRequest?(request: FastifyRequest, reply: FastifyReply): void
  /** After both, before the message is accepted. */
  preHandler?(request: FastifyRequest, reply: FastifyReply): void
  /**
   * After the message was accepted: a retry changes nothing then.
   *
   * @param payload the body that the sandbox would send
   * @returns the body to send instead, or nothing if the fault has taken over the connection (`reply.hijack`)
   */
  onSend?(payload: string, request: FastifyRequest, reply: FastifyReply): string | void
}

/** Sends the head of a hijacked response and the first half of its body, and nothing more. */
export function startResponse(reply: FastifyReply, payload: string): void {
  const body = Buffer.from(payload)
  reply.raw.writeHead(reply.statusCode, { 'content-type': 'application/json', 'content-length': body.length })
  reply.raw.write(body.subarray(0, body.length / 2))
}

/** Only TCP has resets. To a client, TLS that ends without its goodbye is the same. */
export function resetConnection(socket: Socket): void {
  if (socket instanceof TLSSocket) {
    socket.destroy()
  } else {
    socket.resetAndDestroy()
  }
}
