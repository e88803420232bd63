import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { respondToUnknownPath, errorBody } from '../invalid-request'
import type { Refuse } from '../invalid-request'
import { dropped } from '../drop'
import type { ReceiveOptions } from '../receive'

/**
 * analytics.js for pages that load it by Segment's snippet: `/analytics.js/v1/{writeKey}/analytics.min.js`, and the
 * parts that it loads on demand from `/analytics-next/bundles/`.
 *
 * @param folder `dist/umd` of `@segment/analytics-next`, which is small enough to be held in memory
 */
export async function analyticsJsRoutes(app: FastifyInstance, { folder }: { folder: string }): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.js'))
  const scripts = new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const))
  )

  app.addHook('onSend', async (_request, reply) => {
    // A newer version of the console may serve a newer client under the same name.
    reply.header('cache-control', 'no-cache')
  })
  app.get<{ Params: { file: string } }>('/analytics-next/bundles/:file', (request, reply) => {
    const script = scripts.get(request.params.file)
    return script ? reply.type('text/javascript; charset=utf-8').send(script) : respondToUnknownPath(request, reply)
  })
  app.get('/analytics.js/v1/:writeKey/analytics.min.js', (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(scripts.get('standalone.js'))
  )
}

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
