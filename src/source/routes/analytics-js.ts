import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { respondToUnknownPath } from '../invalid-request'

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
