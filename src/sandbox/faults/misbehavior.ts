import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * What a fault does to a request that it meets: one of the three, named after Fastify's hooks. It takes the request over
 * for good, so that nothing of what the sandbox would do comes after it.
 */
export interface Misbehavior {
  /** Whether the fault is for this request. By default it is for every message and every batch. */
  isFor?(request: FastifyRequest): boolean
  /** Before the key is checked and the body read. */
  onRequest?(request: FastifyRequest, reply: FastifyReply): void
  /** After both, before the message is taken. */
  preHandler?(request: FastifyRequest, reply: FastifyReply): void
  /**
   * Once the message was taken, as a retry shows: it changes nothing then.
   *
   * @param payload what the sandbox would answer
   * @returns what it answers instead, or nothing where the fault has the connection in its own hands (`reply.hijack`)
   */
  onSend?(payload: string, request: FastifyRequest, reply: FastifyReply): string | void
}
