import type { FastifyInstance } from 'fastify'
import { MAX_MESSAGE_BYTES } from '../message-size'
import { receive } from '../receive'
import type { Workspace } from '../workspace'

/** `POST /v1/events`: takes one message and answers 200 `{}`, or the refusal with its `message`. */
export async function eventsRoute(app: FastifyInstance, { workspace }: { workspace: Workspace }): Promise<void> {
  app.post('/v1/events', { bodyLimit: MAX_MESSAGE_BYTES }, async (request, reply) => {
    const { status, ...answer } = receive(request.body, request, workspace)
    return reply.code(status).send(answer)
  })
}
