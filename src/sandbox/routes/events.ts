import type { FastifyInstance } from 'fastify'
import { messageSchema } from '../messages/schema'
import { MAX_BODY_BYTES, MAX_MESSAGE_BYTES } from '../messages/size'
import { assumed, documented, rulesOf } from '../provenance'
import { receive } from '../receive'
import { messageResponses } from '../responses'
import type { Workspace } from '../workspace/workspace'

const schema = {
  operationId: 'sendMessage',
  summary: 'Send one message',
  tags: ['Messages'],
  ...documented,
  ...rulesOf([
    { rule: 'One static HTTPS endpoint accepts one message per request by `POST`, as JSON.', ...documented },
    { rule: 'A 4xx or 5xx may carry JSON with a `message`; the body of a 2xx may be empty.', ...documented },
    { rule: 'The path is `/events`.', ...assumed },
    { rule: 'A message has only the listed fields.', ...assumed },
    { rule: 'There is one User and one Account per ID.', ...assumed },
    { rule: 'A message whose `messageId` was accepted before changes nothing.', ...assumed },
    {
      rule: `A message of more than ${MAX_MESSAGE_BYTES / 1024} KB of JSON without white space gets a 413.`,
      ...assumed
    },
    { rule: 'A request over the rate limit gets a 429.', ...assumed },
    {
      rule: 'The API key is checked first: `{}` with a good key gets a 400 and creates nothing.',
      ...assumed
    }
  ]),
  'x-limits': { messageBytes: MAX_MESSAGE_BYTES, ...assumed },
  response: messageResponses
}

/** `POST /v1/events`: accepts one message and responds with 200 and `{}`, or with the error and its `message`. */
export async function eventsRoute(app: FastifyInstance, { workspace }: { workspace: Workspace }): Promise<void> {
  const options = { bodyLimit: MAX_BODY_BYTES, schema, config: { contractBody: messageSchema } }

  app.post('/v1/events', options, async (request, reply) => {
    const { status, ...body } = receive(request.body, request, workspace)
    return reply.code(status).send(body)
  })
}
