import { existsSync } from 'node:fs'
import path from 'node:path'
import send from '@fastify/send'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/**
 * No inline script, and nothing from another host. Styles may be inline: the pages' dialogs add one that locks scrolling.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'"
].join('; ')

const NOT_BUILT = `<!doctype html>
<html lang="en">
<title>Astrolabe console</title>
<h1>The pages are not built yet</h1>
<p>Run <code>npm run build</code>, then start the console again. The API works without pages: <a href="/api/status">/api/status</a>.</p>
</html>
`

/**
 * Serves the pages. A path that is no file is a page of its own (a deep link, or a reload), so a browser gets
 * `index.html`. Paths of the API never do.
 */
export async function servePages(app: FastifyInstance, { folder }: { folder?: string }): Promise<void> {
  const root = folder !== undefined && existsSync(path.join(folder, 'index.html')) ? folder : undefined
  app.addHook('onSend', async (_request, reply) => {
    reply.headers({
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin'
    })
  })
  app.get('/*', async (request, reply) => {
    const { pathname } = new URL(request.url, 'http://console')
    const file = root !== undefined && (await sendFile(request, reply, root, pathname))
    if (file) {
      return file
    }
    const wantsPage = request.headers.accept?.includes('text/html') ?? false
    if (!wantsPage || RESERVED.test(request.url)) {
      return reply.callNotFound()
    }
    return (
      (root !== undefined && (await sendFile(request, reply, root, '/'))) || reply.type('text/html').send(NOT_BUILT)
    )
  })
}

/** Paths that are not pages. */
const RESERVED = /^\/(api|v1|astrolabe|assets|analytics\.js|analytics-next)(\/|$)/

/** Sends a file of the pages, if there is one at this path. */
async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  root: string,
  pathname: string
): Promise<FastifyReply | undefined> {
  const result = await send(request.raw, pathname, { root, cacheControl: false, dotfiles: 'ignore' })
  if (result.type !== 'file') {
    result.stream.destroy()
    return undefined
  }
  // The names of assets hold a hash of their content.
  const isAsset = path.relative(root, result.metadata.path).startsWith('assets')
  return reply
    .code(result.statusCode)
    .headers(result.headers)
    .header('cache-control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache')
    .send(result.stream)
}
