import type { InjectOptions } from 'fastify'
import { buildSandbox, SANDBOX_API_KEY } from '../../src/sandbox/build'
import { basic } from '../http'

const MALFORMED = { message: 'The API key is missing or malformed: send it with Basic authentication' }
const UNKNOWN = { message: 'The API key is unknown, expired or revoked' }
const FORBIDDEN = { message: 'The API key is valid, but lacks the permission to send messages' }

async function identify(app: ReturnType<typeof buildSandbox>, authorization: string | undefined) {
  const headers = authorization === undefined ? {} : { authorization }
  const payload = { type: 'identify', userId: 'ada' }
  const response = await app.inject({ method: 'POST', url: '/v1/events', headers, payload })
  return { status: response.statusCode, body: response.json<unknown>() }
}

describe('the API key', () => {
  it('is accepted as the user name of Basic authentication with an empty password', async () => {
    expect(await identify(buildSandbox(), basic(`${SANDBOX_API_KEY}:`))).toEqual({ status: 200, body: {} })
  })

  it.each([
    ['no Authorization header', undefined],
    ['another scheme', `Bearer ${SANDBOX_API_KEY}`],
    ['no credentials', 'Basic'],
    ['credentials that are not base64', 'Basic ???'],
    ['credentials without the colon', basic(SANDBOX_API_KEY)],
    ['a control character in the credentials', basic(`${SANDBOX_API_KEY}\n:`)]
  ])('gets 401 if there is %s', async (_case, authorization) => {
    expect(await identify(buildSandbox(), authorization)).toEqual({ status: 401, body: MALFORMED })
  })

  it('gets 401 with a password', async () => {
    expect(await identify(buildSandbox(), basic(`${SANDBOX_API_KEY}:secret`))).toEqual({
      status: 401,
      body: { message: 'The password must be empty: the API key is the user name' }
    })
  })

  it.each([
    ['is another one', 'another-key'],
    ['is empty', ''],
    ['is the beginning of a known one', SANDBOX_API_KEY.slice(0, -1)],
    ['differs in case', SANDBOX_API_KEY.toUpperCase()]
  ])('gets 401 if it %s', async (_case, apiKey) => {
    expect(await identify(buildSandbox(), basic(`${apiKey}:`))).toEqual({ status: 401, body: UNKNOWN })
  })

  it('gets 403 if it is valid but has no permission', async () => {
    const app = buildSandbox({ apiKeysWithoutPermission: ['read-only'] })
    expect(await identify(app, basic('read-only:'))).toEqual({ status: 403, body: FORBIDDEN })
  })

  it('gets 403 if it is in both lists', async () => {
    const app = buildSandbox({ apiKeysWithoutPermission: [SANDBOX_API_KEY] })
    expect(await identify(app, basic(`${SANDBOX_API_KEY}:`))).toEqual({ status: 403, body: FORBIDDEN })
  })

  it('is one of those that the sandbox was built with, and then no other', async () => {
    const app = buildSandbox({ apiKeys: ['first', 'sécond'] })
    expect((await identify(app, basic('first:'))).status).toBe(200)
    expect((await identify(app, basic('sécond:'))).status).toBe(200)
    expect((await identify(app, basic(`${SANDBOX_API_KEY}:`))).status).toBe(401)
  })

  it('gets the challenge of RFC 7617 if it is rejected', async () => {
    const response = await buildSandbox().inject({ method: 'POST', url: '/v1/events' })
    expect(response.headers['www-authenticate']).toBe('Basic realm="Astrolabe", charset="UTF-8"')
  })
})

describe('the key check', () => {
  const badRequests: [string, InjectOptions][] = [
    ['a body that is not JSON', { method: 'POST', url: '/v1/events', payload: '{' }],
    ['a body that is too large', { method: 'POST', url: '/v1/events', payload: ' '.repeat(4 * 1024 * 1024 + 1) }],
    ['a batch that is malformed', { method: 'POST', url: '/v1/batch', payload: '[]' }],
    ['a path that does not exist', { method: 'POST', url: '/v1/nothing', payload: '{' }],
    ['a path that cannot be decoded', { method: 'POST', url: '/v1/%zz', payload: '{' }],
    ['a method that does not exist', { method: 'DELETE', url: '/v1/events' }],
    ['a request for Users', { method: 'GET', url: '/v1/users' }],
    ['a request for Accounts', { method: 'GET', url: '/v1/accounts' }],
    ['a request for events', { method: 'GET', url: '/v1/events' }]
  ]

  it.each(badRequests)('comes before anything else is said of %s', async (_case, request) => {
    const app = buildSandbox({ apiKeysWithoutPermission: ['read-only'] })
    const headers = { 'content-type': 'application/json' }

    const missing = await app.inject({ ...request, headers })
    expect([missing.statusCode, missing.json()]).toEqual([401, MALFORMED])
    const forbidden = await app.inject({ ...request, headers: { ...headers, authorization: basic('read-only:') } })
    expect([forbidden.statusCode, forbidden.json()]).toEqual([403, FORBIDDEN])
  })

  it('comes before the content type is looked at', async () => {
    const headers = { 'content-type': 'text/xml' }
    const response = await buildSandbox().inject({ method: 'POST', url: '/v1/events', headers, payload: '<a/>' })
    expect([response.statusCode, response.json()]).toEqual([401, MALFORMED])
  })

  it('leaves nothing behind of a rejected message', async () => {
    const app = buildSandbox()
    await identify(app, basic('another-key:'))
    const response = await app.inject({ url: '/v1/users', headers: { authorization: basic(`${SANDBOX_API_KEY}:`) } })
    expect(response.json()).toEqual({ users: [], dropped: 0 })
  })
})
