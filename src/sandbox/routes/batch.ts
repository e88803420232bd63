import type { FastifyInstance } from 'fastify'
import { receive } from '../receive'
import { Refusal } from '../refusal'
import type { Workspace } from '../workspace'

const MAX_BATCH_BYTES = 4 * 1024 * 1024
const MAX_BATCH_MESSAGES = 1000

const batchSchema = {
  type: 'object',
  required: ['batch'],
  properties: { batch: { type: 'array', minItems: 1 } },
  additionalProperties: false
}

/**
 * `POST /v1/batch`, which the contract assumes: takes `{"batch": [message, …]}` and answers one result a message, in
 * the order of the messages, with 200 where all were taken and 207 where not. A batch that is too large is refused
 * whole.
 */
export async function batchRoute(app: FastifyInstance, { workspace }: { workspace: Workspace }): Promise<void> {
  const options = { bodyLimit: MAX_BATCH_BYTES, schema: { body: batchSchema } }

  app.post<{ Body: { batch: unknown[] } }>('/v1/batch', options, async (request, reply) => {
    const { batch } = request.body
    if (batch.length > MAX_BATCH_MESSAGES)
      throw new Refusal(413, `batch holds more than ${MAX_BATCH_MESSAGES} messages`)
    const results = batch.map((message) => receive(message, request, workspace))
    return reply.code(results.every(({ status }) => status === 200) ? 200 : 207).send({ results })
  })
}
