import { buildSandbox, SANDBOX_API_KEY } from '../../src/sandbox/build'
import { decodableUrl } from '../../src/sandbox/errors'
import { basic } from '../http'
import { post, postText } from './sandbox-client'

const authorization = basic(`${SANDBOX_API_KEY}:`)
const NO_ENDPOINT = { message: 'There is no such endpoint: messages go to POST /v1/events' }

describe('an endpoint that does not exist', () => {
  it.each([
    ['GET', '/'],
    ['POST', '/v1/event'],
    ['POST', '/v1/events/'],
    ['PUT', '/v1/events'],
    ['DELETE', '/v1/users'],
    ['POST', '/v1/%zz']
  ] as const)('gets 404: %s %s', async (method, url) => {
    const response = await buildSandbox().inject({ method, url, headers: { authorization } })
    expect([response.statusCode, response.json()]).toEqual([404, NO_ENDPOINT])
  })

  it('gets 404 before its body is read', async () => {
    expect(await postText(buildSandbox(), '/v1/nothing', '{')).toEqual({ status: 404, body: NO_ENDPOINT })
  })

  it('is not reported for a known one whose query cannot be decoded', async () => {
    expect(await post(buildSandbox(), '/v1/events?source=%zz', { type: 'identify', userId: 'ada' })).toEqual({
      status: 200,
      body: {}
    })
  })

  it('replaces a missing path', () => {
    expect(decodableUrl({})).toBe('/-')
  })
})

describe('a content type', () => {
  it.each(['text/plain', 'text/xml', 'application/x-www-form-urlencoded', 'nonsense'])(
    'other than JSON gets 415: %s',
    async (contentType) => {
      const headers = { authorization, 'content-type': contentType }
      const response = await buildSandbox().inject({ method: 'POST', url: '/v1/events', headers, payload: '{}' })
      expect([response.statusCode, response.json()]).toEqual([
        415,
        { message: 'The Content-Type must be application/json' }
      ])
    }
  )

  it('may name its charset', async () => {
    const headers = { authorization, 'content-type': 'application/json; charset=utf-8' }
    const payload = '{"type":"identify","userId":"ada"}'
    const response = await buildSandbox().inject({ method: 'POST', url: '/v1/events', headers, payload })
    expect([response.statusCode, response.json()]).toEqual([200, {}])
  })

  it('is not needed to be told that there is no message', async () => {
    const response = await buildSandbox().inject({ method: 'POST', url: '/v1/events', headers: { authorization } })
    expect([response.statusCode, response.json()]).toEqual([400, { message: 'The message must be an object' }])
  })
})

describe('an error that no rule speaks of', () => {
  it('gets 500 without details of the failure', async () => {
    const app = buildSandbox()
    app.get('/broken', () => {
      throw new Error('ada@example.com')
    })
    const response = await app.inject({ url: '/broken', headers: { authorization } })
    expect([response.statusCode, response.json()]).toEqual([
      500,
      { message: 'Astrolabe failed to process this request' }
    ])
  })

  it('gets its own status if the client is at fault, such as with a wrong Content-Length', async () => {
    const headers = { authorization, 'content-type': 'application/json', 'content-length': '5' }
    const response = await buildSandbox().inject({ method: 'POST', url: '/v1/events', headers, payload: '{}' })
    expect([response.statusCode, response.json()]).toEqual([400, { message: 'The request could not be read' }])
  })
})

describe('a web page of another host', () => {
  it.each(['/v1/users', '/v1/accounts', '/v1/events', '/docs', '/docs/json', '/nothing', '/%zz'])(
    'cannot read %s by a name of its own that leads here',
    async (url) => {
      const headers = { authorization, host: 'rebound.example:4010' }
      const response = await buildSandbox({ docs: true }).inject({ url, headers })
      expect([response.statusCode, response.json()]).toEqual([
        403,
        { message: 'This server serves only the hosts 127.0.0.1, localhost and [::1]' }
      ])
    }
  )

  it.each(['/v1/events', '/v1/batch', '/nothing'])('cannot send to %s from its own origin', async (url) => {
    const headers = { authorization, origin: 'https://page.example' }
    const response = await buildSandbox().inject({ method: 'POST', url, headers, payload: {} })
    expect([response.statusCode, response.json()]).toEqual([
      403,
      { message: 'This server does not serve pages of another origin' }
    ])
  })

  it('meets no fault before it is rejected', async () => {
    const headers = { origin: 'https://page.example' }
    const app = buildSandbox({ faults: [{ redirect: 'host' }] })
    expect((await app.inject({ method: 'POST', url: '/v1/events', headers })).statusCode).toBe(403)
  })
})
