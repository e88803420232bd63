import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastify from 'fastify'
import { trackingApi } from '../../src/source'
import { ANALYTICS_JS, authorization, buildSource, WRITE_KEY } from './local-source'

describe('the settings document of analytics.js', () => {
  it('sends calls back to the host that the page reaches the source by', async () => {
    const { app } = buildSource()
    const url = `/v1/projects/${WRITE_KEY}/settings`
    const response = await app.inject({ url, headers: { host: 'localhost:4567', origin: 'http://localhost:3000' } })

    expect([response.statusCode, response.json()]).toEqual([
      200,
      {
        integrations: { 'Segment.io': { apiKey: WRITE_KEY, apiHost: 'localhost:4567/v1', protocol: 'http' } },
        metrics: { sampleRate: 0 }
      }
    ])
    expect(response.headers['access-control-allow-origin']).toBe('*')
  })

  it('does not exist for an unknown write key', async () => {
    const { app } = buildSource()
    const response = await app.inject('/v1/projects/other-key/settings')

    expect([response.statusCode, response.json()]).toEqual([
      404,
      { code: 'not_found', message: 'No source has this write key' }
    ])
  })
})

describe('the scripts of analytics.js', () => {
  it('are served as the snippet loads them', async () => {
    const { app } = buildSource({ analyticsJs: ANALYTICS_JS })
    const response = await app.inject(`/analytics.js/v1/${WRITE_KEY}/analytics.min.js`)

    expect(response.statusCode).toBe(200)
    expect(response.headers['content-type']).toBe('text/javascript; charset=utf-8')
    expect(response.body).toBe(readFileSync(join(ANALYTICS_JS, 'standalone.js'), 'utf8'))
  })

  it('load their parts from the same host', async () => {
    const { app } = buildSource({ analyticsJs: ANALYTICS_JS })
    const script = readFileSync(join(ANALYTICS_JS, 'standalone.js'), 'utf8')
    const parts = readdirSync(ANALYTICS_JS).filter((name) => name.endsWith('.js') && name.includes('.bundle.'))
    const responses = parts.map(async (name) => (await app.inject(`/analytics-next/bundles/${name}`)).body)

    expect(parts.filter((name) => script.includes(name.split('.')[2]))).not.toEqual([])
    expect(await Promise.all(responses)).toEqual(parts.map((name) => readFileSync(join(ANALYTICS_JS, name), 'utf8')))
  })

  it('do not exist under other names', async () => {
    const { app } = buildSource({ analyticsJs: ANALYTICS_JS })
    const statuses = ['/analytics-next/bundles/other.js', '/analytics-next/bundles/..%2f..%2fpackage.json'].map(
      async (url) => (await app.inject(url)).statusCode
    )
    expect(await Promise.all(statuses)).toEqual([404, 404])
  })

  it('do not exist without their folder', async () => {
    const { app } = buildSource()
    expect((await app.inject(`/analytics.js/v1/${WRITE_KEY}/analytics.min.js`)).statusCode).toBe(404)
  })
})

describe('pages of other origins', () => {
  const origin = 'http://localhost:3000'

  it('may send calls with a write key, and read when to try again', async () => {
    const { app } = buildSource()
    const preflight = await app.inject({
      method: 'OPTIONS',
      url: '/v1/t',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,x-retry-count'
      }
    })
    const headers = { origin, authorization: authorization(), 'content-type': 'text/plain' }
    const response = await app.inject({ method: 'POST', url: '/v1/t', headers, payload: '{"userId":"a","event":"b"}' })

    expect(preflight.statusCode).toBe(204)
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'authorization, content-type, x-retry-count'
    })
    expect(response.statusCode).toBe(200)
    expect(response.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'Retry-After'
    })
  })

  it('can read the reason of an error', async () => {
    const { app } = buildSource()
    const response = await app.inject({ method: 'POST', url: '/v1/t', headers: { origin }, payload: 'no JSON' })

    expect([response.statusCode, response.headers['access-control-allow-origin']]).toEqual([400, '*'])
  })

  it('get no CORS headers from other routes of the same server', async () => {
    const app = fastify()
    const ignore = () => undefined
    app.register(trackingApi, { findSource: ignore, onMessage: ignore, onRefused: ignore })
    app.get('/api/status', async () => ({}))
    const headers = { origin, 'access-control-request-method': 'PUT' }
    const preflight = await app.inject({ method: 'OPTIONS', url: '/api/status', headers })
    const response = await app.inject({ url: '/api/status', headers: { origin } })

    expect(preflight.statusCode).toBe(404)
    expect([preflight.headers, response.headers].flatMap(Object.keys)).not.toContain('access-control-allow-origin')
  })
})

describe('a host name that is not of this machine', () => {
  it('is responded to with 403, against DNS rebinding', async () => {
    const { app } = buildSource()
    const response = await app.inject({ url: `/v1/projects/${WRITE_KEY}/settings`, headers: { host: 'example.com' } })

    expect([response.statusCode, response.json()]).toEqual([
      403,
      { code: 'forbidden', message: 'This server serves only the hosts 127.0.0.1, localhost and [::1]' }
    ])
  })
})
