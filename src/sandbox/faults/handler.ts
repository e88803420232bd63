import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * The effect of a fault on a request: one of three, named after Fastify's hooks. It replaces everything that the sandbox
 * would do from there on.
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
   * @returns the body to send instead, or nothing if the fault controls the connection (`reply.hijack`)
   */
  onSend?(payload: string, request: FastifyRequest, reply: FastifyReply): string | void
}

/** Sends the headers of a hijacked response and half of its body. */
export function startResponse(reply: FastifyReply, payload: string): void {
  const body = Buffer.from(payload)
  reply.raw.writeHead(reply.statusCode, { 'content-type': 'application/json', 'content-length': body.length })
  reply.raw.write(body.subarray(0, body.length / 2))
}

/** TLS has no resets. An end without `close_notify` looks the same to a client. */
export function resetConnection(socket: Socket): void {
  if (socket instanceof TLSSocket) {
    socket.destroy()
  } else {
    socket.resetAndDestroy()
  }
}
