import type { FastifyInstance } from 'fastify'
import { addRoute } from '../route'
import type { ConsoleState } from '../state'

const properties = {
  title: { type: 'string', minLength: 1, maxLength: 200, pattern: '\\S' },
  condition: { type: 'string', maxLength: 10_000 },
  action: {
    type: 'object',
    required: ['type'],
    properties: {
      type: { type: 'string', enum: ['DROP', 'SAMPLE', 'DROP_PROPERTIES', 'ALLOW_PROPERTIES'] },
      percent: { type: 'number' },
      path: { type: 'string', maxLength: 1000 },
      fields: { type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } }
    },
    additionalProperties: false
  }
}

const newFilter = {
  type: 'object',
  required: ['title', 'condition', 'action'],
  properties,
  additionalProperties: false
}

const changes = {
  type: 'object',
  properties: { ...properties, isEnabled: { type: 'boolean' } },
  additionalProperties: false
}

/** The filters of a destination: which events it does not get, or without which fields. */
export async function filterRoutes(app: FastifyInstance, { state }: { state: ConsoleState }): Promise<void> {
  const { destinations, live } = state
  const changed = (id: string) => {
    destinations.get(id).version++
    live.changed('filters')
  }

  addRoute(app, 'GET /api/destinations/:id/filters', {}, ({ params: { id } }) => destinations.get(id).filters.all())

  addRoute(
    app,
    'POST /api/destinations/:id/filters',
    { schema: { body: newFilter }, status: 201 },
    ({ params: { id }, body }) => {
      const filter = destinations.get(id).filters.add(body)
      changed(id)
      return filter
    }
  )

  addRoute(
    app,
    'PATCH /api/destinations/:id/filters/:filter',
    { schema: { body: changes } },
    ({ params: { id, filter }, body }) => {
      const saved = destinations.get(id).filters.change(filter, body)
      changed(id)
      return saved
    }
  )

  addRoute(app, 'DELETE /api/destinations/:id/filters/:filter', {}, ({ params: { id, filter } }) => {
    destinations.get(id).filters.remove(filter)
    changed(id)
  })
}
