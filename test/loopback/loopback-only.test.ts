import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import fastify from 'fastify'
import type { FastifyInstance } from 'fastify'
import { listenOnLoopback } from '../../src/loopback/listen'
import { allowAnyPage, serveLoopbackOnly } from '../../src/loopback/loopback-only'

const FOREIGN_HOST = 'This server serves only the hosts 127.0.0.1, localhost and [::1]'
const FOREIGN_ORIGIN = 'This server does not serve pages of another origin'

let app: FastifyInstance

beforeEach(() => {
  app = fastify()
  serveLoopbackOnly(app)
  app.get('/data', async () => 'data')
  app.post('/data', async () => 'stored')
  app.register(async (tracking) => {
    allowAnyPage(tracking)
    tracking.post('/t', async () => 'tracked')
  })
})

afterEach(() => app.close())

/** The status and the body, or the reason of a rejection. */
async function ask(method: 'GET' | 'POST', url: string, headers: Record<string, string>) {
  const response = await app.inject({ method, url, headers })
  return [
    response.statusCode,
    response.statusCode === 200 ? response.body : response.json<{ message: string }>().message
  ]
}

describe('the host', () => {
  it.each(['127.0.0.1', '127.0.0.1:4010', 'localhost', 'LOCALHOST:1', '[::1]', '[::1]:65535'])(
    'is served if it is %s',
    async (host) => {
      expect(await ask('GET', '/data', { host })).toEqual([200, 'data'])
    }
  )

  it.each([
    'rebound.example:4010',
    '127.0.0.1.rebound.example',
    'localhost.rebound.example:4010',
    'rebound.example#localhost',
    'user@localhost',
    'localhost.',
    '127.0.0.2',
    '::1',
    'localhost:port',
    'localhost:65536',
    '0.0.0.0'
  ])('is rejected if it is %j', async (host) => {
    expect(await ask('GET', '/data', { host })).toEqual([403, FOREIGN_HOST])
  })

  it('is checked for paths that do not exist and for routes that any page may call', async () => {
    const headers = { host: 'rebound.example' }
    expect(await ask('GET', '/nothing', headers)).toEqual([403, FOREIGN_HOST])
    expect(await ask('POST', '/t', headers)).toEqual([403, FOREIGN_HOST])
  })

  it.each([
    ['http://127.0.0.1:4010/data', '127.0.0.1:4010', 200],
    ['http://localhost/data', '127.0.0.1', 200],
    ['http://rebound.example/data', '127.0.0.1', 403],
    ['http://rebound.example:80/data', 'localhost', 403],
    ['http://localhost@rebound.example/data', 'localhost', 403],
    ['HTTP://rebound.example/data', 'localhost', 403],
    ['http://localhost/data', 'rebound.example', 403],
    ['/data', '', 403]
  ])('of a request line with %s and a Host of %s decides too: %d', async (target, host, status) => {
    const { port } = new URL(await listenOnLoopback(app, 0))
    const socket = connect(Number(port), '127.0.0.1')
    await once(socket, 'connect')

    socket.write(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)

    expect(await text(socket)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
  })
})

describe('a host that is allowed', () => {
  beforeEach(() => {
    app = fastify()
    serveLoopbackOnly(app, ['Box.local', '192.0.2.7', '[2001:db8::7]'])
    app.post('/data', async () => 'stored')
  })

  it.each(['box.local', 'BOX.LOCAL:4010', '192.0.2.7:4010', '[2001:db8::7]:4010', 'localhost'])(
    'is served, with its own pages and no others: %s',
    async (host) => {
      expect(await ask('POST', '/data', { host })).toEqual([200, 'stored'])
      expect(await ask('POST', '/data', { host, origin: `http://${host}` })).toEqual([200, 'stored'])
      expect(await ask('POST', '/data', { host, origin: 'http://localhost:1' })).toEqual([403, FOREIGN_ORIGIN])
    }
  )

  it.each(['other.local', 'a.box.local', 'box.local.rebound.example', 'box.local:port', '192.0.2.70', '2001:db8::7'])(
    'allows no other: %s',
    async (host) => {
      expect(await ask('POST', '/data', { host })).toEqual([
        403,
        'This server serves only the hosts 127.0.0.1, localhost, [::1], box.local, 192.0.2.7 and [2001:db8::7]'
      ])
    }
  )
})

describe('the origin', () => {
  it.each([
    ['http://localhost:4010', 'localhost:4010'],
    ['http://127.0.0.1', '127.0.0.1'],
    ['http://[::1]:4010', '[::1]:4010']
  ])('is served if it is %s at the host %s', async (origin, host) => {
    expect(await ask('POST', '/data', { host, origin })).toEqual([200, 'stored'])
  })

  it.each([
    'https://page.example',
    'http://localhost:3000',
    'https://localhost:4010',
    'http://127.0.0.1:4010',
    'http://localhost:4010.page.example',
    'null',
    'file://'
  ])('is rejected if it is %s at the host localhost:4010', async (origin) => {
    expect(await ask('POST', '/data', { host: 'localhost:4010', origin })).toEqual([403, FOREIGN_ORIGIN])
    expect(await ask('GET', '/nothing', { host: 'localhost:4010', origin })).toEqual([403, FOREIGN_ORIGIN])
  })

  it.each(['https://page.example', 'null'])('%s may call the routes that any page may call', async (origin) => {
    expect(await ask('POST', '/t', { origin })).toEqual([200, 'tracked'])
  })
})
