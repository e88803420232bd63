import type { FastifyReply } from 'fastify'

/** Of a page's route: it needs no API key, as a browser has none, and is not part of the contract. */
export const PAGE_ROUTE = { schema: { hide: true }, config: { access: 'public' } } as const

/** Nothing on the page comes from elsewhere, and no script runs. */
const CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"

export interface PageContent {
  title: string
  style: string
  body: string
}

export function sendPage(reply: FastifyReply, { title, style, body }: PageContent): FastifyReply {
  return reply.header('content-security-policy', CONTENT_SECURITY_POLICY).type('text/html; charset=utf-8')
    .send(`<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
${style}
</style>
<h1>${title}</h1>
${body}
</html>
`)
}
