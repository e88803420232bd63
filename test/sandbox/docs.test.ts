import { buildSandbox, SANDBOX_API_KEY } from '../../src/sandbox/build'
import { basic } from '../http'
import { accept } from './sandbox-client'

const authorization = basic(`${SANDBOX_API_KEY}:`)

describe('/docs', () => {
  it('opens in a browser, which has no API key', async () => {
    const response = await buildSandbox({ docs: true }).inject({ url: '/docs' })
    expect([response.statusCode, response.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect(response.body).toContain("<title>Astrolabe's ingest API</title>")
  })

  it('shows each endpoint, its rules, responses and messages, and which of them are assumed', async () => {
    const { body } = await buildSandbox({ docs: true }).inject({ url: '/docs' })

    expect(body).toContain('<code>POST /v1/events</code> documented')
    expect(body).toContain('<code>POST /v1/batch</code> <span class="assumed">assumed</span>')
    expect(body).toContain('<li>The path is <code>/events</code>. <span class="assumed">assumed</span>')
    expect(body).toContain('<tr><th>413<td>The message is too large.<td><a href="#error">error</a>')
    expect(body).toContain("<tr><th><code>userId</code><td>string<td>The customer's own ID for the User.<td>documented")
    expect(body).toContain('<pre>{\n  &quot;type&quot;: &quot;identify&quot;')
  })

  it("links only to its own sections, its OpenAPI documents and Segment's documentation", async () => {
    const { body } = await buildSandbox({ docs: true }).inject({ url: '/docs' })
    const links = [...body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link)

    for (const link of links) {
      const isOwnSection = link.startsWith('#') && body.includes(`id="${link.slice(1)}"`)
      expect([link, isOwnSection || /^(\/docs\/(json|yaml)|https:\/\/segment\.com\/docs\/\S+)$/.test(link)]).toEqual([
        link,
        true
      ])
    }
  })

  it('loads nothing and runs no script', async () => {
    const response = await buildSandbox({ docs: true }).inject({ url: '/docs' })
    expect(response.headers['content-security-policy']).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
    )
    expect(response.body).not.toMatch(/<script|<link|<img/)
  })

  it('gives programs the contract, with this sandbox before anything else', async () => {
    const app = buildSandbox({ docs: true })
    const { servers } = (await app.inject({ url: '/docs/json' })).json<{ servers: unknown }>()
    expect(servers).toEqual([
      { url: '/v1', description: 'This sandbox' },
      { url: 'https://ingest.astrolabe.so/v1', description: 'Astrolabe (assumed)', 'x-assumed': true }
    ])
    expect((await app.inject({ url: '/docs/yaml' })).body).toMatch(/^openapi: 3\.1\.0\n/)
  })

  it('leaves the key check of everything else as it is', async () => {
    const app = buildSandbox({ docs: true })
    for (const url of ['/v1/users', '/v1/accounts', '/v1/events', '/doc', '/docs-of-another']) {
      expect([url, (await app.inject({ url })).statusCode]).toEqual([url, 401])
    }
    expect((await app.inject({ method: 'POST', url: '/v1/events' })).statusCode).toBe(401)
    expect((await app.inject({ method: 'POST', url: '/docs' })).statusCode).toBe(401)
  })

  it('is not there unless asked for', async () => {
    const response = await buildSandbox().inject({ url: '/docs', headers: { authorization } })
    expect(response.statusCode).toBe(404)
  })
})

describe('/', () => {
  it('says in a browser what this is and how much it holds, but shows no data', async () => {
    const app = buildSandbox({ docs: true, keep: 2 })
    await accept(app, ...['ada', 'grace', 'joan'].map((userId) => ({ type: 'identify', userId })))
    const response = await app.inject({ url: '/' })
    expect([response.statusCode, response.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect(response.headers['content-security-policy']).toMatch(/^default-src 'none'; /)
    expect(response.body).toContain('<tr><th>Users<td>2<td>1')
    expect(response.body).toContain('<a href="/docs">')
    expect(response.body).not.toMatch(/joan|grace|sandbox-key/)
  })

  it('is not there unless asked for', async () => {
    const response = await buildSandbox().inject({ url: '/', headers: { authorization } })
    expect(response.statusCode).toBe(404)
  })
})
