import type { Socket } from 'node:net'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Fault } from './registry'
import type { ArmedFault, FaultSwitch } from './switch'

export type OnFault = (fault: Fault, request: FastifyRequest) => void

/**
 * Applies the faults to messages and batches, but not to requests that only read records (`GET`), and not while the
 * sandbox closes.
 */
export function injectFaults(app: FastifyInstance, faults: FaultSwitch, onFault: OnFault = () => undefined): void {
  const met = new WeakMap<FastifyRequest, ArmedFault>()
  const held = new Set<Socket>()
  let isClosing = false

  app.addHook('onRequest', (request, reply, done) => {
    const next = request.method !== 'POST' || isClosing ? undefined : faults.next(request)
    if (!next) {
      return done()
    }
    const { fault, handler } = next
    const { socket } = request.raw
    met.set(request, next)
    held.add(socket)
    reply.raw.once('close', () => held.delete(socket))
    if (!handler.onRequest) {
      return done()
    }
    handler.onRequest(request, reply)
    onFault(fault, request)
  })

  app.addHook('preHandler', (request, reply, done) => {
    const { fault, handler } = met.get(request) ?? {}
    if (!fault || !handler?.preHandler) {
      return done()
    }
    handler.preHandler(request, reply)
    onFault(fault, request)
  })

  app.addHook<string>('onSend', (request, reply, payload, done) => {
    const { fault, handler } = met.get(request) ?? {}
    if (!fault || !handler?.onSend) {
      return done()
    }
    const body = handler.onSend(payload, request, reply)
    onFault(fault, request)
    if (body !== undefined) {
      done(null, body)
    }
  })

  // A connection that a fault holds open would block the close.
  app.addHook('preClose', async () => {
    isClosing = true
    held.forEach((socket) => socket.destroy())
  })
}
