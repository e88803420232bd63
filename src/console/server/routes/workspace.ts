import type { FastifyInstance } from 'fastify'
import type { GuideStepId } from '../api'
import { GUIDE_STEPS } from '../guide'
import { addRoute } from '../route'
import type { ConsoleState } from '../state'

/** The process itself, its reset, the guide beside the pages, and the live feed. */
export async function workspaceRoutes(app: FastifyInstance, { state }: { state: ConsoleState }): Promise<void> {
  const { live, guide } = state

  addRoute(app, 'GET /api/status', {}, () => state.status())

  addRoute(app, 'POST /api/reset', {}, () => state.reset())

  addRoute(app, 'GET /api/guide', {}, () => guide.view(state.guideFacts()))

  const step = { params: { type: 'object', properties: { step: { type: 'string', enum: GUIDE_STEPS } } } }
  addRoute(app, 'POST /api/guide/:step', { schema: step }, ({ params }) => {
    // The cast: the schema allows no other value.
    guide.report(params.step as GuideStepId)
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
