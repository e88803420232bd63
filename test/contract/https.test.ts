import nock from 'nock'
import { createClient } from '../../src/contract/client'
import { https } from '../../src/contract/rules/transport'
import { stubNetwork } from '../stubbed-network'
import { API_KEY } from './check-sandbox'

const CIRCUMSTANCES = { readOnly: true }

function client(baseUrl: string) {
  return createClient({ baseUrl, apiKey: API_KEY, signal: new AbortController().signal })
}

/** An API over https:, for which nobody here has a key. */
function api(baseUrl = 'https://astrolabe.test') {
  nock(baseUrl, { badheaders: ['authorization'] })
    .post('/v1/events', {})
    .reply(401, {})
}

stubNetwork()

describe('an API over https:', () => {
  it.each([
    ['redirects to https:', 301, { location: 'https://astrolabe.test/v1/events' }],
    ['rejects', 403, {}],
    ['finds nothing', 404, {}]
  ])('passes if http: %s, and never sends a key', async (_case, status, headers) => {
    api()
    nock('http://astrolabe.test', { badheaders: ['authorization'] })
      .post('/v1/events', {})
      .reply(status, '', headers)

    expect(await https.check(client('https://astrolabe.test/v1'), CIRCUMSTANCES)).toMatchObject({
      verdict: 'passed',
      reason: '',
      exchanges: [{ sent: { url: 'http://astrolabe.test/v1/events', credentials: 'no key' }, response: { status } }]
    })
    expect(nock.isDone()).toBe(true)
  })

  it('passes if nothing listens on http:', async () => {
    api()
    nock('http://astrolabe.test')
      .post('/v1/events')
      .replyWithError(Object.assign(new Error(), { code: 'ECONNREFUSED' }))

    expect(await https.check(client('https://astrolabe.test/v1'), CIRCUMSTANCES)).toMatchObject({
      verdict: 'passed',
      exchanges: [{ error: 'the connection was refused' }]
    })
  })

  it('is inconclusive about http: if nothing responds there, and https: goes through a proxy', async () => {
    api()
    nock('http://astrolabe.test')
      .post('/v1/events')
      .replyWithError(Object.assign(new Error(), { code: 'ETIMEDOUT' }))

    expect(await https.check(client('https://astrolabe.test/v1'), { ...CIRCUMSTANCES, viaProxy: true })).toMatchObject({
      verdict: 'inconclusive',
      reason: 'Plain http: passes by the proxy and got no response, which may be due to this network.'
    })
  })

  it.each([200, 401])('fails if http: gets %d, because the API is served there too', async (status) => {
    api()
    nock('http://astrolabe.test').post('/v1/events').reply(status)

    expect(await https.check(client('https://astrolabe.test/v1'), CIRCUMSTANCES)).toMatchObject({
      verdict: 'failed',
      reason: `Status ${status} over http: a key sent there crosses the network in the clear.`
    })
  })

  it.each(['http://astrolabe.test/elsewhere', '/elsewhere', 'https://', undefined])(
    'fails if http: redirects to %s',
    async (location) => {
      api()
      nock('http://astrolabe.test')
        .post('/v1/events')
        .reply(302, '', location === undefined ? {} : { location })

      expect(await https.check(client('https://astrolabe.test/v1'), CIRCUMSTANCES)).toMatchObject({
        verdict: 'failed',
        reason: 'The redirect does not lead to https:.'
      })
    }
  )

  it('is inconclusive if http: fails', async () => {
    api()
    nock('http://astrolabe.test').post('/v1/events').reply(502)

    expect(await https.check(client('https://astrolabe.test/v1'), CIRCUMSTANCES)).toMatchObject({
      verdict: 'inconclusive',
      reason: 'Status 502 over http:, which rejects nothing.'
    })
  })

  it('keeps its port', async () => {
    api('https://astrolabe.test:8443')
    nock('http://astrolabe.test:8443').post('/v1/events').reply(400)

    expect(await https.check(client('https://astrolabe.test:8443/v1'), CIRCUMSTANCES)).toMatchObject({
      verdict: 'passed'
    })
  })
})
