import type { FastifyInstance } from 'fastify'
import { buildSandbox, SANDBOX_API_KEY } from '../../src/sandbox/build'
import { accept, basic } from './sandbox-client'

const authorization = basic(`${SANDBOX_API_KEY}:`)

describe('/docs', () => {
  it('opens in a browser, which has no API key', async () => {
    const response = await buildSandbox({ docs: true }).inject({ url: '/docs' })
    expect([response.statusCode, response.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect(response.body).toContain("<title>Astrolabe's ingest API</title>")
  })

  it('needs nothing from another host', async () => {
    const app = buildSandbox({ docs: true })
    const assets = await linkedFrom(app, '/docs')
    expect(assets.length).toBeGreaterThan(4)
    for (const asset of assets) {
      expect([asset, (await app.inject({ url: new URL(asset, 'http://sandbox/').pathname })).statusCode]).toEqual([
        expect.stringMatching(/^\.?\/docs\/static\//),
        200
      ])
    }
  })

  it('may talk to this sandbox alone', async () => {
    const response = await buildSandbox({ docs: true }).inject({ url: '/docs' })
    expect(response.headers['content-security-policy']).toBe(
      "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; frame-ancestors 'none'"
    )
  })

  it('tries out this sandbox before anything else', async () => {
    const { servers } = (await buildSandbox({ docs: true }).inject({ url: '/docs/json' })).json<{ servers: unknown }>()
    expect(servers).toEqual([
      { url: '/v1', description: 'This sandbox' },
      { url: 'https://ingest.astrolabe.so/v1', description: 'Astrolabe (assumed)', 'x-assumed': true }
    ])
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

async function linkedFrom(app: FastifyInstance, url: string): Promise<string[]> {
  const { body } = await app.inject({ url })
  return [...body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link)
}
