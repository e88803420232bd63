import type { FastifyInstance, HTTPMethods } from 'fastify'
import { buildConsole } from '../../src/console/server/build'

const routes: [HTTPMethods, string][] = []
let app: FastifyInstance

beforeAll(async () => {
  app = buildConsole({ start: 'ready' })
  app.addHook('onRoute', ({ method, url }) => {
    routes.push(...[method].flat().map((each): [HTTPMethods, string] => [each, url]))
  })
  await app.ready()
})

afterAll(() => app.close())

const isTracking = (url: string) => /^\/(v1|analytics\.js|analytics-next)(\/|\*|$)/.test(url)
const send = ([method, url]: [HTTPMethods, string], headers: Record<string, string>) =>
  app.inject({ method: method as 'GET', url: url.replace('*', ''), headers })

describe('a request', () => {
  it('is rejected on every route under a host name that is not of this machine', async () => {
    for (const route of routes) {
      expect([...route, (await send(route, { host: 'attacker.example' })).statusCode]).toEqual([...route, 403])
    }
  })

  it('is rejected from a page of another origin on every route except those of the Tracking API', async () => {
    const own = routes.filter(([, url]) => !isTracking(url))

    expect(own.length).toBeGreaterThan(50)
    for (const route of own) {
      const response = await send(route, { host: '127.0.0.1:4020', origin: 'https://attacker.example' })
      expect([...route, response.statusCode, response.headers['access-control-allow-origin']]).toEqual([
        ...route,
        403,
        undefined
      ])
    }
  })

  it('is accepted by the Tracking API from any page', async () => {
    const response = await app.inject({
      method: 'POST',
      url: '/v1/track',
      headers: { host: 'localhost:4020', origin: 'https://shop.example' },
      payload: { writeKey: 'local-write-key-not-a-secret', userId: 'u', event: 'E' }
    })

    expect([response.statusCode, response.headers['access-control-allow-origin']]).toEqual([200, '*'])
  })

  it.each(['localhost:4020', '127.0.0.1:4020', '[::1]:4020'])('is accepted under the host %s', async (host) => {
    expect((await send(['GET', '/api/status'], { host, origin: `http://${host}` })).statusCode).toBe(200)
  })

  it('says in a sentence why it is rejected', async () => {
    expect((await send(['GET', '/api/status'], { host: 'attacker.example' })).json()).toEqual({
      message: 'This server serves only the hosts 127.0.0.1, localhost and [::1].'
    })
  })
})

describe('a path', () => {
  it('may end with a slash on every route', async () => {
    const headers = { host: 'localhost' }
    const outcome = async (route: [HTTPMethods, string]) => {
      const { statusCode, headers: received, body } = await send(route, headers)
      return [...route, statusCode, received['content-type'], statusCode >= 400 && body]
    }
    for (const [method, url] of routes.filter(([, path]) => !path.includes('*') && path !== '/api/live')) {
      const [, , ...expected] = await outcome([method, url])
      expect(await outcome([method, `${url}/`])).toEqual([method, `${url}/`, ...expected])
    }
  })
})

describe("Astrolabe's ingest API in the console", () => {
  it.each([{ host: 'attacker.example' }, { host: '127.0.0.1', origin: 'https://attacker.example' }])(
    'rejects %j',
    async (headers) => {
      const response = await app.inject({ method: 'POST', url: '/astrolabe/v1/events', headers })

      expect(response.statusCode).toBe(403)
    }
  )
})
