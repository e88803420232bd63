import type { FastifyInstance } from 'fastify'
import { snippets } from '../../../source'
import { addRoute } from '../route'
import { sourceView } from '../sources'
import type { ConsoleState } from '../state'

const name = { type: 'string', minLength: 1, maxLength: 200, pattern: '\\S' }
const settings = { body: { type: 'object', required: ['name'], properties: { name }, additionalProperties: false } }

/** Sources: where events come from. */
export async function sourceRoutes(app: FastifyInstance, { state }: { state: ConsoleState }): Promise<void> {
  const { sources, destinations, deliverers, live } = state
  const view = (id: string) =>
    sourceView(
      sources.get(id),
      destinations.ofSource(id).map((destination) => destination.id)
    )

  addRoute(app, 'GET /api/sources', {}, () => sources.all().map(({ id }) => view(id)))

  addRoute(app, 'POST /api/sources', { schema: settings, status: 201 }, ({ body }) => {
    const { id } = sources.add(body.name)
    live.changed('sources')
    return view(id)
  })

  addRoute(app, 'GET /api/sources/:id', {}, ({ params: { id } }) => view(id))

  addRoute(app, 'PATCH /api/sources/:id', { schema: settings }, ({ params: { id }, body }) => {
    sources.rename(id, body.name)
    live.changed('sources')
    return view(id)
  })

  addRoute(app, 'DELETE /api/sources/:id', {}, ({ params: { id } }) => {
    sources.remove(id)
    for (const destination of destinations.ofSource(id)) {
      destinations.remove(destination.id)
      deliverers.remove(destination.id)
    }
    live.changed('sources', 'destinations', 'guide')
  })

  addRoute(app, 'GET /api/sources/:id/snippets', {}, ({ params: { id }, origin }) =>
    snippets({ origin, writeKey: sources.get(id).writeKey })
  )
}
