import nock from 'nock'
import { createClient } from '../../src/contract/client'
import { https } from '../../src/contract/rules/transport'
import { API_KEY } from './check-sandbox'

const CIRCUMSTANCES = { readOnly: true }

function client(baseUrl: string) {
  return createClient({ baseUrl, apiKey: API_KEY, signal: new AbortController().signal })
}

/** An API that answers 401 over https:, as nobody has a key here. */
function api(baseUrl = 'https://astrolabe.test') {
  nock(baseUrl, { badheaders: ['authorization'] })
    .post('/v1/events', {})
    .reply(401, {})
}

beforeEach(() => {
  nock.disableNetConnect()
})

afterEach(() => {
  nock.cleanAll()
  nock.enableNetConnect()
})

// Other files share the process, and their requests are none of nock's business.
afterAll(() => {
  nock.restore()
})

describe('an API over https:', () => {
  it.each([
    ['redirects to https:', 301, { location: 'https://astrolabe.test/v1/events' }],
    ['refuses', 403, {}],
    ['says that there is nothing', 404, {}]
  ])('holds where http: %s, and never sees a key', async (_case, status, headers) => {
    api()
    nock('http://astrolabe.test', { badheaders: ['authorization'] })
      .post('/v1/events', {})
      .reply(status, '', headers)

    expect(await https.check(client('https://astrolabe.test/v1'), CIRCUMSTANCES)).toMatchObject({
      verdict: 'holds',
      reason: '',
      exchanges: [{ sent: { url: 'http://astrolabe.test/v1/events', credentials: 'no key' }, answer: { status } }]
    })
    expect(nock.isDone()).toBe(true)
  })

  it('holds where nobody answers http:', async () => {
    api()
    nock('http://astrolabe.test')
      .post('/v1/events')
      .replyWithError(Object.assign(new Error(), { code: 'ECONNREFUSED' }))

    expect(await https.check(client('https://astrolabe.test/v1'), CIRCUMSTANCES)).toMatchObject({
      verdict: 'holds',
      exchanges: [{ noAnswer: 'the connection was refused' }]
    })
  })

  it.each([200, 401])('is broken where http: is answered %d, as it is served there too', async (status) => {
    api()
    nock('http://astrolabe.test').post('/v1/events').reply(status)

    expect(await https.check(client('https://astrolabe.test/v1'), CIRCUMSTANCES)).toMatchObject({
      verdict: 'broken',
      reason: `Answered ${status} over http: a key sent there crosses the network in the clear.`
    })
  })

  it.each(['http://astrolabe.test/elsewhere', '/elsewhere', 'https://', undefined])(
    'is broken where http: redirects to %s',
    async (location) => {
      api()
      nock('http://astrolabe.test')
        .post('/v1/events')
        .reply(302, '', location === undefined ? {} : { location })

      expect(await https.check(client('https://astrolabe.test/v1'), CIRCUMSTANCES)).toMatchObject({
        verdict: 'broken',
        reason: 'The redirect does not lead to https:.'
      })
    }
  )

  it('is not shown where http: fails', async () => {
    api()
    nock('http://astrolabe.test').post('/v1/events').reply(502)

    expect(await https.check(client('https://astrolabe.test/v1'), CIRCUMSTANCES)).toMatchObject({
      verdict: 'not shown',
      reason: 'Answered 502 over http:, which refuses nothing.'
    })
  })

  it('keeps its port', async () => {
    api('https://astrolabe.test:8443')
    nock('http://astrolabe.test:8443').post('/v1/events').reply(400)

    expect(await https.check(client('https://astrolabe.test:8443/v1'), CIRCUMSTANCES)).toMatchObject({
      verdict: 'holds'
    })
  })
})
