import type { FastifyInstance } from 'fastify'
import type { Workspace } from '../workspace/workspace'
import { PAGE_ROUTE, sendPage } from './page'
import type { PageContent } from './page'

/**
 * `GET /`: says in a browser what this server is. It needs no API key, as a browser has none, and so it shows counts and
 * no data.
 */
export function serveHome(app: FastifyInstance, workspace: Workspace): void {
  app.get('/', PAGE_ROUTE, async (_request, reply) => sendPage(reply, pageOf(workspace)))
}

function pageOf({ users, accounts, events, keep }: Workspace): PageContent {
  const rows = Object.entries({ Users: users, Accounts: accounts, Events: events }).map(
    ([name, { size, dropped }]) => `<tr><th>${name}<td>${count(size)}<td>${count(dropped)}`
  )
  return {
    title: 'Astrolabe sandbox',
    style: `  body { max-width: 40rem; margin: 2rem auto; padding: 0 1rem }
  th, td { padding: .25rem 1.5rem .25rem 0; text-align: right }
  th:first-child { text-align: left }`,
    body: `<p>This server is a local stand-in for Astrolabe's ingest API. It keeps everything in memory and forgets it when it
stops.</p>
<table>
<tr><th><th>Kept<th>Dropped
${rows.join('\n')}
</table>
<p>It keeps the last ${count(keep)} of each. To see them, send the API key that the terminal shows:
<code>curl -u KEY: …/v1/users</code>, <code>/v1/accounts</code> or <code>/v1/events</code>.</p>
<p><a href="/docs">Read the API's contract</a></p>`
  }
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}
