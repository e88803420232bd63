import type { FastifyInstance } from 'fastify'
import { actionViews, presetViews } from '../catalog-view'
import { checkMapping, mappingHints } from '../mappings'
import { addRoute } from '../route'
import type { ConsoleState } from '../state'

const properties = {
  name: { type: 'string', minLength: 1, maxLength: 200 },
  action: { type: 'string' },
  trigger: { type: 'string', maxLength: 10_000 },
  fields: { type: 'object' },
  isEnabled: { type: 'boolean' }
}

const newMapping = {
  anyOf: [
    { type: 'object', required: ['preset'], properties: { preset: { type: 'string' } }, additionalProperties: false },
    {
      type: 'object',
      required: ['action'],
      properties: { action: properties.action, name: properties.name },
      additionalProperties: false
    }
  ]
}

export const mappingSchema = {
  type: 'object',
  required: ['name', 'action', 'trigger', 'fields', 'isEnabled'],
  properties: { ...properties, id: { type: 'string' } },
  additionalProperties: false
}

const { action: _action, ...changeable } = properties
const changes = { type: 'object', properties: changeable, additionalProperties: false }

/** The mappings of a destination: triggers and fields. */
export async function mappingRoutes(app: FastifyInstance, { state }: { state: ConsoleState }): Promise<void> {
  const { destinations } = state
  const { definition } = state.catalog

  addRoute(app, 'GET /api/destinations/:id/mappings', {}, ({ params: { id } }) => {
    return {
      mappings: destinations.get(id).mappings.all(),
      actions: actionViews(definition),
      presets: presetViews(definition)
    }
  })

  addRoute(
    app,
    'POST /api/destinations/:id/mappings/check',
    { schema: { body: mappingSchema } },
    ({ params: { id }, body }) => {
      destinations.get(id)
      return { problems: checkMapping(body, definition), hints: mappingHints(body) }
    }
  )

  changeRoutes(app, state)
}

function changeRoutes(app: FastifyInstance, { destinations, live }: ConsoleState): void {
  const changed = (id: string) => {
    destinations.get(id).version++
    live.changed('mappings')
  }

  addRoute(
    app,
    'POST /api/destinations/:id/mappings',
    { schema: { body: newMapping }, status: 201 },
    ({ params: { id }, body }) => {
      const mapping = destinations.get(id).mappings.add(body)
      changed(id)
      return mapping
    }
  )

  addRoute(
    app,
    'PATCH /api/destinations/:id/mappings/:mapping',
    { schema: { body: changes } },
    ({ params: { id, mapping }, body }) => {
      const saved = destinations.get(id).mappings.change(mapping, body)
      changed(id)
      return saved
    }
  )

  addRoute(app, 'DELETE /api/destinations/:id/mappings/:mapping', {}, ({ params: { id, mapping } }) => {
    destinations.get(id).mappings.remove(mapping)
    changed(id)
  })
}
