import type { FastifyInstance } from 'fastify'
import { MAX_BATCH_BYTES, MAX_MESSAGE_BYTES, readBatch, readCall } from '../body'
import type { Batch } from '../body'
import { CALL_TYPES, isObject } from '../message'
import type { Call } from '../message'
import { writeKeyOf } from '../receive'
import type { Receive } from '../receive'

const SUCCESS = { success: true }

/** `POST /identify` and so on, and `POST /i` for analytics.js: one call per request. The path decides its type. */
export async function callRoutes(app: FastifyInstance, { receive }: { receive: Receive }): Promise<void> {
  for (const type of CALL_TYPES) {
    for (const name of [type, type.slice(0, 1)]) {
      app.post(`/${name}`, { bodyLimit: MAX_MESSAGE_BYTES }, async (request) => {
        const call = await readCall(request.body)
        receive({ ...call, type }, writeKeyOf(request.headers.authorization, call.writeKey))
        return SUCCESS
      })
    }
  }
}

/** `POST /batch`, `/import` and `/b`: many calls per request, which share `sentAt`, `context` and `integrations`. */
export async function batchRoutes(app: FastifyInstance, { receive }: { receive: Receive }): Promise<void> {
  for (const name of ['batch', 'import', 'b']) {
    app.post(`/${name}`, { bodyLimit: MAX_BATCH_BYTES }, async (request) => {
      const { calls, shared } = await readBatch(request.body)
      for (const call of calls) {
        receive(withShared(call, shared), writeKeyOf(request.headers.authorization, shared.writeKey ?? call.writeKey))
      }
      return SUCCESS
    })
  }
}

/** Messages win over their batch. */
function withShared(call: Call, { sentAt, context, integrations }: Batch['shared']): Call {
  return {
    ...(sentAt === undefined ? {} : { sentAt }),
    ...call,
    ...mergedField('context', context, call.context),
    ...mergedField('integrations', integrations, call.integrations)
  }
}

function mergedField(name: string, shared: unknown, own: unknown): Call {
  return isObject(shared) ? { [name]: isObject(own) ? { ...shared, ...own } : shared } : {}
}

/** `POST /m`: metrics of the client about itself. They are not messages, so they are accepted and forgotten. */
export async function metricsRoute(app: FastifyInstance): Promise<void> {
  app.post('/m', async () => SUCCESS)
}
