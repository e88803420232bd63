import type { Socket } from 'node:net'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { drip } from './drip'
import { echoKey } from './echo'
import type { Fault, RequestFault } from './fault'
import { closeIdleConnections } from './idle'
import type { Misbehavior } from './misbehavior'
import { redirect } from './redirect'
import { reset } from './reset'
import { spoilResults } from './results'
import { askToWait } from './retry-after'
import { stall } from './stall'
import { answerWithStatus } from './status'

/** Called as a request meets a fault. */
export type OnFault = (fault: Fault, request: FastifyRequest) => void

/**
 * Makes a sandbox misbehave toward messages and batches. Each request meets the first fault that is for it and whose
 * `times` are not used up. Whoever looks at what the sandbox holds (`GET`) meets none, and nobody does once it closes.
 */
export function misbehave(app: FastifyInstance, faults: Fault[], onFault: OnFault = () => undefined): void {
  const armed = faults.flatMap((fault) =>
    'tls' in fault ? [] : [{ fault, left: fault.times ?? Infinity, misbehavior: misbehaviorOf(fault) }]
  )
  const met = new WeakMap<FastifyRequest, { fault: Fault; misbehavior: Misbehavior }>()
  const held = new Set<Socket>()
  let isClosing = false

  app.addHook('onRequest', (request, reply, done) => {
    const next = armed.find(({ left, misbehavior: { isFor = () => true } }) => left > 0 && isFor(request))
    if (request.method !== 'POST' || isClosing || !next) {
      return done()
    }
    const { fault, misbehavior } = next
    const { socket } = request.raw
    next.left--
    met.set(request, next)
    held.add(socket)
    reply.raw.once('close', () => held.delete(socket))
    if (!misbehavior.onRequest) {
      return done()
    }
    misbehavior.onRequest(request, reply)
    onFault(fault, request)
  })

  app.addHook('preHandler', (request, reply, done) => {
    const { fault, misbehavior } = met.get(request) ?? {}
    if (!fault || !misbehavior?.preHandler) {
      return done()
    }
    misbehavior.preHandler(request, reply)
    onFault(fault, request)
  })

  app.addHook<string>('onSend', (request, reply, payload, done) => {
    const { fault, misbehavior } = met.get(request) ?? {}
    if (!fault || !misbehavior?.onSend) {
      return done()
    }
    const answer = misbehavior.onSend(payload, request, reply)
    onFault(fault, request)
    if (answer !== undefined) {
      done(null, answer)
    }
  })

  // A connection that a fault holds open would hold up the end.
  app.addHook('preClose', async () => {
    isClosing = true
    held.forEach((socket) => socket.destroy())
  })
}

function misbehaviorOf(fault: RequestFault): Misbehavior {
  if ('status' in fault) {
    return answerWithStatus(fault)
  }
  if ('retry-after' in fault) {
    return askToWait(fault)
  }
  if ('redirect' in fault) {
    return redirect(fault)
  }
  if ('stall' in fault) {
    return stall(fault)
  }
  if ('drip' in fault) {
    return drip(fault)
  }
  if ('reset' in fault) {
    return reset(fault)
  }
  if ('idle' in fault) {
    return closeIdleConnections()
  }
  if ('results' in fault) {
    return spoilResults(fault)
  }
  fault satisfies { echo: 'key' }
  return echoKey()
}
