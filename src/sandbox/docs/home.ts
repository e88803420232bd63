import type { FastifyInstance } from 'fastify'
import type { Workspace } from '../workspace/workspace'

/** Nothing on the page comes from elsewhere, and no script runs. */
const CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"

/**
 * `GET /`: says in a browser what this server is. It needs no API key, as a browser has none, and so it shows counts and
 * no data.
 */
export function serveHome(app: FastifyInstance, workspace: Workspace): void {
  const options = { schema: { hide: true }, config: { access: 'public' } } as const
  app.get('/', options, async (_request, reply) =>
    reply
      .header('content-security-policy', CONTENT_SECURITY_POLICY)
      .type('text/html; charset=utf-8')
      .send(pageOf(workspace))
  )
}

function pageOf({ users, accounts, events, keep }: Workspace): string {
  const rows = Object.entries({ Users: users, Accounts: accounts, Events: events }).map(
    ([name, { size, dropped }]) => `<tr><th>${name}<td>${count(size)}<td>${count(dropped)}`
  )
  return `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Astrolabe sandbox</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { max-width: 40rem; margin: 2rem auto; padding: 0 1rem }
  th, td { padding: .25rem 1.5rem .25rem 0; text-align: right }
  th:first-child { text-align: left }
</style>
<h1>Astrolabe sandbox</h1>
<p>This server is a local stand-in for Astrolabe's ingest API. It keeps everything in memory and forgets it when it
stops.</p>
<table>
<tr><th><th>Kept<th>Dropped
${rows.join('\n')}
</table>
<p>It keeps the last ${count(keep)} of each. To see them, send the API key that the terminal shows:
<code>curl -u KEY: …/v1/users</code>, <code>/v1/accounts</code> or <code>/v1/events</code>.</p>
<p><a href="/docs">Read the API's contract</a></p>
</html>
`
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}
