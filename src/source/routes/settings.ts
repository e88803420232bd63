import type { FastifyInstance } from 'fastify'
import { dropped } from '../drop'
import { errorBody } from '../invalid-request'
import type { Refuse } from '../invalid-request'
import type { ReceiveOptions } from '../receive'

/**
 * `GET /projects/{writeKey}/settings`: the document that analytics.js loads first. It names the host for the calls, and
 * no other integration: each one would make analytics.js load its bundle from Segment.
 */
export async function settingsRoute(
  app: FastifyInstance,
  { findSource, refuse }: Pick<ReceiveOptions, 'findSource'> & { refuse: Refuse }
): Promise<void> {
  app.get<{ Params: { writeKey: string } }>('/projects/:writeKey/settings', async (request, reply) => {
    const { writeKey } = request.params
    if (!findSource(writeKey)) {
      // A client without its settings sends nothing.
      await refuse(request, dropped('project_not_found').reason)
      return reply.code(404).send(errorBody('not_found', 'No source has this write key'))
    }
    return {
      integrations: { 'Segment.io': { apiKey: writeKey, apiHost: `${request.host}/v1`, protocol: 'http' } },
      metrics: { sampleRate: 0 }
    }
  })
}
