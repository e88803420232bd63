import type { FastifyInstance } from 'fastify'
import { answersToMessage } from '../answers'
import { assumed, documented } from '../contract-marks'
import { rulesOf } from '../contract-rules'
import { messageSchema } from '../message-schema'
import { MAX_MESSAGE_BYTES } from '../message-size'
import { receive } from '../receive'
import type { Workspace } from '../workspace'

const schema = {
  operationId: 'sendMessage',
  summary: 'Send one message',
  tags: ['Messages'],
  ...documented,
  ...rulesOf([
    { rule: 'One static HTTPS endpoint takes one message a request by `POST`, as JSON.', ...documented },
    { rule: 'A 4xx or 5xx may carry JSON with a `message`; the body of a 2xx may be empty.', ...documented },
    { rule: 'The path is `/events`.', ...assumed },
    { rule: 'A message has no fields but those that are listed.', ...assumed },
    { rule: 'There is one User and one Account per ID.', ...assumed },
    { rule: 'A message whose `messageId` was taken before changes nothing.', ...assumed },
    { rule: `A message of more than ${MAX_MESSAGE_BYTES / 1024} KB is answered 413.`, ...assumed },
    { rule: 'A request past the rate limit is answered 429.', ...assumed },
    {
      rule: 'The API key is checked first: `{}` with a good one is answered 400, and creates nothing.',
      ...assumed
    }
  ]),
  'x-limits': { messageBytes: MAX_MESSAGE_BYTES, ...assumed },
  response: answersToMessage
}

/** `POST /v1/events`: takes one message and answers 200 `{}`, or the refusal with its `message`. */
export async function eventsRoute(app: FastifyInstance, { workspace }: { workspace: Workspace }): Promise<void> {
  const options = { bodyLimit: MAX_MESSAGE_BYTES, schema, config: { contractBody: messageSchema } }

  app.post('/v1/events', options, async (request, reply) => {
    const { status, ...answer } = receive(request.body, request, workspace)
    return reply.code(status).send(answer)
  })
}
