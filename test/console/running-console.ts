import type { FastifyInstance } from 'fastify'
import { buildConsole } from '../../src/console/server/build'
import type { ConsoleOptions } from '../../src/console/server/build'
import type { MessageDetail, Route, RouteParams, Routes } from '../../src/console/server/api'
import { READY_WRITE_KEY } from '../../src/console/server/starting-point'
import { listenOnLoopback } from '../../src/loopback/listen'
import { basic } from '../http'

type Body<R extends Route> = Routes[R] extends { body: infer Value } ? Value : undefined

/** A console that listens, and a client of its API. */
export interface RunningConsole {
  app: FastifyInstance
  origin: string
  call<R extends Route>(
    route: R,
    input?: { params?: RouteParams<R>; query?: Record<string, string | number>; body?: Body<R> }
  ): Promise<Routes[R]['response']>
  /** Sends one call to the source, as a client does. */
  track(call: TestCall): Promise<void>
  /** Sends one call, and waits until it is settled. */
  settled(call: TestCall): Promise<MessageDetail>
}

interface TestCall {
  type: string
  messageId: string
  [field: string]: unknown
}

export async function runConsole(options: ConsoleOptions = { start: 'ready' }): Promise<RunningConsole> {
  const app = buildConsole(options)
  const origin = await listenOnLoopback(app, 0)
  const running: RunningConsole = {
    app,
    origin,
    async call(route, { params = {}, query = {}, body } = {}) {
      const [method, path] = route.split(' ')
      const url = path.replace(/:(\w+)/g, (_match, name: string) =>
        encodeURIComponent((params as Record<string, string>)[name])
      )
      const search = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]))
      const response = await fetch(`${origin}${url}?${search.toString()}`, {
        method,
        ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
      })
      return (response.status === 204 ? undefined : await response.json()) as never
    },
    async track(call) {
      await fetch(`${origin}/v1/batch`, {
        method: 'POST',
        headers: { authorization: basic(`${READY_WRITE_KEY}:`), 'content-type': 'application/json' },
        body: JSON.stringify({ batch: [call] })
      })
    },
    async settled(call) {
      await running.track(call)
      const { messageId } = call
      return running.call('GET /api/messages/by-message-id/:messageId', { params: { messageId }, query: { wait: 20 } })
    }
  }
  return running
}
