import type { FastifyInstance } from 'fastify'
import { answersToBatch, resultsSchema } from '../answers'
import { assumed } from '../contract-marks'
import { rulesOf } from '../contract-rules'
import { messageSchema } from '../message-schema'
import { receive } from '../receive'
import { Refusal } from '../refusal'
import type { Workspace } from '../workspace'

const MAX_BATCH_BYTES = 4 * 1024 * 1024
const MAX_BATCH_MESSAGES = 1000

/** The messages in it are not looked at: each is answered by a result of its own. */
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
      description: 'The messages, as they would be sent alone.',
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
    { rule: 'One result a message, in their order: one that is refused holds up no other.', ...assumed },
    { rule: 'A message counts as delivered only where its result says so.', ...assumed },
    {
      rule: `A batch of more than ${MAX_BATCH_MESSAGES} messages, or ${MAX_BATCH_BYTES / 1024 / 1024} MB, is refused whole.`,
      ...assumed
    }
  ]),
  'x-limits': { messages: MAX_BATCH_MESSAGES, bytes: MAX_BATCH_BYTES, ...assumed },
  body: batchSchema,
  response: answersToBatch
}

/**
 * `POST /v1/batch`, which the contract assumes: takes `{"batch": [message, …]}` and answers one result a message, in
 * the order of the messages, with 200 where all were taken and 207 where not. A batch that is too large is refused
 * whole.
 */
export async function batchRoute(app: FastifyInstance, { workspace }: { workspace: Workspace }): Promise<void> {
  app.addSchema(resultsSchema)
  const options = { bodyLimit: MAX_BATCH_BYTES, schema, config: { contractBody: contractBatchSchema } }

  app.post<{ Body: { batch: unknown[] } }>('/v1/batch', options, async (request, reply) => {
    const { batch } = request.body
    if (batch.length > MAX_BATCH_MESSAGES) {
      throw new Refusal(413, `batch holds more than ${MAX_BATCH_MESSAGES} messages`)
    }
    const results = batch.map((message) => receive(message, request, workspace))
    return reply.code(results.every(({ status }) => status === 200) ? 200 : 207).send({ results })
  })
}
