import type { FastifyInstance } from 'fastify'
import { ApiError } from '../errors'
import { messageSchema } from '../messages/schema'
import { MAX_BODY_BYTES } from '../messages/size'
import { assumed, rulesOf } from '../provenance'
import { receive } from '../receive'
import { batchResponses, resultsSchema } from '../responses'
import type { Workspace } from '../workspace/workspace'

const MAX_BATCH_MESSAGES = 1000

/** It does not check the messages, because each has its own result. */
const batchSchema = {
  type: 'object',
  required: ['batch'],
  properties: { batch: { type: 'array', minItems: 1 } },
  additionalProperties: false
}

const contractBatchSchema = {
  ...batchSchema,
  properties: {
    batch: {
      ...batchSchema.properties.batch,
      description: 'The messages, each as in a request of its own.',
      ...assumed,
      maxItems: MAX_BATCH_MESSAGES,
      items: messageSchema
    }
  }
}

const schema = {
  operationId: 'sendBatch',
  summary: 'Send many messages',
  tags: ['Batches'],
  ...assumed,
  ...rulesOf([
    { rule: 'The endpoint exists, at `/batch`, with the same API key.', ...assumed },
    { rule: 'One result per message, in their order. A rejected message does not affect the others.', ...assumed },
    { rule: 'A message counts as delivered only if its result says so.', ...assumed },
    {
      rule: `A batch of more than ${MAX_BATCH_MESSAGES} messages, or ${MAX_BODY_BYTES / 1024 / 1024} MB, is rejected as a whole.`,
      ...assumed
    }
  ]),
  'x-limits': { messages: MAX_BATCH_MESSAGES, bytes: MAX_BODY_BYTES, ...assumed },
  body: batchSchema,
  response: batchResponses
}

/**
 * `POST /v1/batch`, which the contract assumes: accepts `{"batch": [message, …]}` and responds with one result per
 * message, in their order. The status is 200 if all were accepted, otherwise 207. A batch that is too large is rejected
 * as a whole.
 */
export async function batchRoute(app: FastifyInstance, { workspace }: { workspace: Workspace }): Promise<void> {
  app.addSchema(resultsSchema)
  const options = { bodyLimit: MAX_BODY_BYTES, schema, config: { contractBody: contractBatchSchema } }

  app.post<{ Body: { batch: unknown[] } }>('/v1/batch', options, async (request, reply) => {
    const { batch } = request.body
    if (batch.length > MAX_BATCH_MESSAGES) {
      throw new ApiError(413, `batch holds more than ${MAX_BATCH_MESSAGES} messages`)
    }
    const results = batch.map((message) => receive(message, request, workspace))
    return reply.code(results.every(({ status }) => status === 200) ? 200 : 207).send({ results })
  })
}
