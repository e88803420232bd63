import type { FastifyInstance } from 'fastify'
import { connectorView } from '../astrolabe-view'
import { pageOf, pageQuerySchema } from '../page'
import { found } from '../request-error'
import { addRoute } from '../route'
import type { ConsoleState } from '../state'

const properties = {
  name: { type: 'string', minLength: 1, maxLength: 200, pattern: '\\S' },
  freeEmailProviders: { type: 'string', enum: ['allow', 'block'] }
}

const newConnector = {
  type: 'object',
  required: ['name', 'freeEmailProviders'],
  properties,
  additionalProperties: false
}
const changes = { type: 'object', properties, additionalProperties: false }
const pageQuery = { type: 'object', properties: pageQuerySchema }

/** The Segment.com Connectors of Astrolabe. A key leaves the server only when it is new. */
export async function connectorRoutes(app: FastifyInstance, { state }: { state: ConsoleState }): Promise<void> {
  const { live, workspace, guide } = state
  const { connectors } = workspace
  const get = (id: string) => found(connectors.get(id), 'connector')

  addRoute(app, 'GET /api/connectors', {}, () => [...connectors].map(connectorView))

  addRoute(app, 'POST /api/connectors', { schema: { body: newConnector }, status: 201 }, ({ body }) => {
    const connector = connectors.add(body)
    guide.isKeyCopied = false
    live.changed('connectors', 'guide')
    return { connector: connectorView(connector), apiKey: connector.apiKey }
  })

  addRoute(app, 'GET /api/connectors/:id', {}, ({ params: { id } }) => connectorView(get(id)))

  addRoute(app, 'PATCH /api/connectors/:id', { schema: { body: changes } }, ({ params: { id }, body }) => {
    live.changed('connectors')
    return connectorView(Object.assign(get(id), body))
  })

  addRoute(app, 'POST /api/connectors/:id/roll', {}, ({ params: { id } }) => {
    const connector = get(id)
    const apiKey = connector.roll()
    guide.isKeyCopied = false
    live.changed('connectors', 'guide')
    return { connector: connectorView(connector), apiKey }
  })

  addRoute(app, 'POST /api/connectors/:id/revoke', {}, ({ params: { id } }) => {
    const connector = get(id)
    connector.revoke()
    guide.isKeyCopied = false
    live.changed('connectors', 'guide')
    return connectorView(connector)
  })

  addRoute(
    app,
    'GET /api/connectors/:id/blocked',
    { schema: { querystring: pageQuery } },
    ({ params: { id }, query }) =>
      pageOf(get(id).blocked, query, ({ at, ...message }) => ({ at: new Date(at).toISOString(), ...message }))
  )
}
