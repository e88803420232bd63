import type { FastifyInstance } from 'fastify'
import { matchesSearch } from '../../../memory/recent-map'
import { catalogEntry } from '../catalog-view'
import { found } from '../request-error'
import { addRoute } from '../route'
import type { ConsoleState } from '../state'

const name = { type: 'string', minLength: 1, maxLength: 200, pattern: '\\S' }

const newDestination = {
  type: 'object',
  required: ['catalogId', 'sourceId', 'name'],
  properties: { catalogId: { type: 'string' }, sourceId: { type: 'string' }, name },
  additionalProperties: false
}

const changes = {
  type: 'object',
  properties: {
    name,
    isEnabled: { type: 'boolean' },
    settings: { type: 'object', additionalProperties: { type: 'string', maxLength: 10_000 } }
  },
  additionalProperties: false
}

const deliveryQuery = {
  type: 'object',
  properties: { range: { type: 'string', enum: ['10m', '1h', '24h'], default: '1h' } }
}

/** The catalog, the destinations that were added from it, and what they delivered. */
export async function destinationRoutes(app: FastifyInstance, { state }: { state: ConsoleState }): Promise<void> {
  const { destinations, sources, live, deliverers } = state
  const catalog = [catalogEntry(state.catalog.id, state.catalog.definition)]

  addRoute(app, 'GET /api/catalog', {}, ({ query: { search } }) =>
    catalog.filter((entry) => matchesSearch(search, [entry.name, entry.slug, entry.description]))
  )

  addRoute(app, 'GET /api/destinations', {}, () =>
    destinations.all().map((destination) => destinations.view(destination))
  )

  addRoute(app, 'POST /api/destinations', { schema: { body: newDestination }, status: 201 }, ({ body }) => {
    found(
      catalog.find(({ id }) => id === body.catalogId),
      'destination of the catalog'
    )
    sources.get(body.sourceId)
    const destination = destinations.add(body)
    live.changed('destinations', 'sources', 'guide')
    return destinations.view(destination)
  })

  addRoute(app, 'GET /api/destinations/:id', {}, ({ params: { id } }) => destinations.view(destinations.get(id)))

  addRoute(app, 'PATCH /api/destinations/:id', { schema: { body: changes } }, async ({ params: { id }, body }) => {
    const { isEnabled: wasEnabled } = destinations.get(id)
    const saved = await destinations.save(id, body)
    if (wasEnabled && !saved.destination.isEnabled) {
      deliverers.disable(id)
    }
    live.changed('destinations', 'guide')
    return saved
  })

  addRoute(app, 'DELETE /api/destinations/:id', {}, ({ params: { id } }) => {
    destinations.remove(id)
    deliverers.remove(id)
    live.changed('destinations', 'sources', 'guide')
  })

  addRoute(
    app,
    'GET /api/destinations/:id/delivery',
    { schema: { querystring: deliveryQuery } },
    ({ params: { id }, query }) =>
      destinations.get(id).statistics.overview(query, deliverers.pending(id), (messageId) => state.summaryOf(messageId))
  )
}
