import type { FastifyInstance } from 'fastify'
import { addRoute } from '../route'
import type { ConsoleState } from '../state'

const text = { type: 'string', minLength: 1, maxLength: 200, pattern: '\\S' }
const destinationIds = { type: 'array', items: { type: 'string' }, maxItems: 100 }

const audience = {
  type: 'object',
  required: ['name', 'event', 'atLeast', 'withinDays', 'destinationIds'],
  properties: {
    name: text,
    event: text,
    atLeast: { type: 'integer', minimum: 1, maximum: 1_000_000 },
    withinDays: { type: 'integer', minimum: 1, maximum: 3650 },
    destinationIds
  },
  additionalProperties: false
}

const computedTrait = {
  type: 'object',
  required: ['name', 'kind', 'event', 'destinationIds'],
  properties: {
    name: text,
    kind: { type: 'string', enum: ['count', 'last value'] },
    event: text,
    property: text,
    destinationIds
  },
  if: { properties: { kind: { const: 'last value' } } },
  then: { required: ['property'] },
  additionalProperties: false
}

const referenceDate = {
  type: 'object',
  required: ['date'],
  properties: { date: { anyOf: [{ type: 'null' }, { type: 'string', format: 'date-time' }] } },
  additionalProperties: false
}

/** Audiences and computed traits. */
export async function engageRoutes(app: FastifyInstance, { state }: { state: ConsoleState }): Promise<void> {
  const { engage, live } = state
  const changed = <T>(value: T): T => {
    live.changed('engage')
    return value
  }

  addRoute(app, 'GET /api/engage', {}, () => engage.view())

  addRoute(app, 'POST /api/engage/audiences', { schema: { body: audience }, status: 201 }, ({ body }) =>
    changed(engage.addAudience(body))
  )

  addRoute(app, 'PATCH /api/engage/audiences/:id', { schema: { body: audience } }, ({ params: { id }, body }) =>
    changed(engage.changeAudience(id, body))
  )

  addRoute(app, 'DELETE /api/engage/audiences/:id', {}, ({ params: { id } }) => changed(engage.remove(id)))

  addRoute(app, 'POST /api/engage/computed-traits', { schema: { body: computedTrait }, status: 201 }, ({ body }) =>
    changed(engage.addComputedTrait(body))
  )

  addRoute(app, 'DELETE /api/engage/computed-traits/:id', {}, ({ params: { id } }) => changed(engage.remove(id)))

  addRoute(app, 'PUT /api/engage/reference-date', { schema: { body: referenceDate } }, ({ body: { date } }) => {
    engage.moveReferenceDate(date === null ? undefined : new Date(date))
    return changed(engage.view())
  })

  addRoute(app, 'POST /api/engage/sync', {}, () => changed(engage.sync()))
}
