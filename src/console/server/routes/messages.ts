import type { FastifyInstance } from 'fastify'
import type { MessageOutcome } from '../api'
import { exportMessage } from '../export'
import type { MessageRecord } from '../message-record'
import { messageDetail, recordsOf } from '../message-view'
import { pageQuerySchema } from '../page'
import { found, RequestError } from '../request-error'
import { addRoute } from '../route'
import type { ConsoleState } from '../state'

const OUTCOMES: MessageOutcome[] = [
  'pending',
  'delivered',
  'rejected',
  'failed',
  'filtered',
  'not subscribed',
  'no destination',
  'dropped',
  'refused',
  'queue full'
]

const messageQuery = {
  type: 'object',
  properties: {
    ...pageQuerySchema,
    source: { type: 'string' },
    destination: { type: 'string' },
    type: { type: 'string' },
    outcome: { type: 'string', enum: OUTCOMES },
    messageId: { type: 'string' }
  }
}

const waitQuery = { type: 'object', properties: { wait: { type: 'number', minimum: 0, maximum: 60, default: 0 } } }

const exportQuery = {
  type: 'object',
  required: ['format'],
  properties: { format: { type: 'string', enum: ['curl', 'node', 'fixture'] } }
}

/** The debugger, and everything about one message. */
export async function messageRoutes(app: FastifyInstance, { state }: { state: ConsoleState }): Promise<void> {
  const { log, sources, workspace, live } = state
  const detail = (record: MessageRecord) =>
    messageDetail(record, { source: sources.find(record.sourceId), records: recordsOf(record, workspace) })

  const repeatable = (id: string) => {
    const record = found(log.get(id), 'message')
    if (record.refused !== undefined) {
      throw new RequestError(409, 'The source refused this request, so it has no message to send.')
    }
    return record
  }

  addRoute(app, 'GET /api/messages', { schema: { querystring: messageQuery } }, ({ query }) => log.list(query))

  addRoute(
    app,
    'GET /api/messages/:id',
    { schema: { querystring: waitQuery } },
    async ({ params: { id }, query: { wait = 0 }, signal }) =>
      detail(found(await log.settled(() => log.get(id), wait, signal), 'message'))
  )

  addRoute(
    app,
    'GET /api/messages/by-message-id/:messageId',
    { schema: { querystring: waitQuery } },
    async ({ params: { messageId }, query: { wait = 0 }, signal }) =>
      detail(found(await log.settled(() => log.withMessageId(messageId), wait, signal), 'message'))
  )

  addRoute(
    app,
    'GET /api/messages/:id/export',
    { schema: { querystring: exportQuery } },
    ({ params: { id }, query: { format }, origin }) => {
      const record = repeatable(id)
      // A call of Engage has no source, and another one may be deleted.
      const source = sources.find(record.sourceId) ?? sources.all()[0]
      return exportMessage(record, format, { origin, writeKey: source?.writeKey ?? 'YOUR_WRITE_KEY' })
    }
  )

  addRoute(app, 'POST /api/messages/:id/send', { status: 202 }, ({ params: { id } }) => ({
    ids: [state.intake.sendAgain(repeatable(id)).id]
  }))

  addRoute(app, 'DELETE /api/messages', {}, () => {
    log.clear()
    live.changed('messages')
  })
}
