import type { FastifyInstance } from 'fastify'
import { EXAMPLES } from '../examples'
import { addRoute } from '../route'
import type { ConsoleState } from '../state'
import { mappingSchema } from './mappings'

const event = { type: 'object' }

const previewRequest = {
  type: 'object',
  required: ['event'],
  properties: { event, mapping: mappingSchema },
  additionalProperties: false
}

const testRequest = {
  type: 'object',
  required: ['events', 'as'],
  properties: {
    events: { type: 'array', items: event, minItems: 1, maxItems: 1000 },
    as: { type: 'string', enum: ['single', 'batch'] }
  },
  additionalProperties: false
}

/** The Test page: examples, a preview while the user types, and events that are sent for real. */
export async function testRoutes(app: FastifyInstance, { state }: { state: ConsoleState }): Promise<void> {
  const { destinations } = state

  addRoute(app, 'GET /api/examples', {}, () => EXAMPLES)

  addRoute(
    app,
    'POST /api/destinations/:id/preview',
    { schema: { body: previewRequest } },
    ({ params: { id }, body: { event, mapping } }) =>
      state.preview(destinations.get(id), event, mapping && { id: 'preview', ...mapping })
  )

  addRoute(
    app,
    'POST /api/destinations/:id/test',
    { schema: { body: testRequest }, status: 202 },
    ({ params: { id }, body }) => ({
      ids: state.intake.sendTest(destinations.get(id), body).map((record) => record.id)
    })
  )
}
