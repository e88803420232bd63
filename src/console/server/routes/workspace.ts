import type { FastifyInstance } from 'fastify'
import { addRoute } from '../route'
import type { ConsoleState } from '../state'

/** The process itself, its reset, the guide beside the pages, and the live feed. */
export async function workspaceRoutes(app: FastifyInstance, { state }: { state: ConsoleState }): Promise<void> {
  const { live, guide } = state

  addRoute(app, 'GET /api/status', {}, () => state.status())

  addRoute(app, 'POST /api/reset', {}, () => state.reset())

  addRoute(app, 'GET /api/guide', {}, () => guide.view(state.guideFacts()))

  addRoute(app, 'POST /api/guide/copy-api-key', {}, () => {
    guide.isKeyCopied = true
    live.changed('guide')
    return guide.view(state.guideFacts())
  })

  // The response to a HEAD would never end.
  const stream = { exposeHeadRoute: false }
  app.get<{ Querystring: { lastEventId?: string } }>('/api/live', stream, (request, reply) => {
    reply.hijack()
    const { 'last-event-id': header } = request.headers
    live.connect(reply.raw, typeof header === 'string' ? header : request.query.lastEventId)
  })
}
