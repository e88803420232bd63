import { createClient, isReceived } from '../../src/contract/client'
import { respondsInTime, keepAlive } from '../../src/contract/rules/transport'
import { holdTimersOf } from '../held-timers'
import { apiKeyCredentials, parseApiKey } from '../../src/contract/credentials'
import { RULES } from '../../src/contract/rules'
import { API_KEY, sandbox, serve, KEY_WITHOUT_PERMISSION } from './check-sandbox'

function connect(baseUrl: string, timeLimit?: number) {
  return createClient({ baseUrl, apiKey: API_KEY, timeLimit, signal: new AbortController().signal })
}

/** An API that reads every request and never responds. */
const silent = (onRequest: () => void = () => undefined) =>
  sandbox((api) => {
    api.server.removeAllListeners('request')
    api.server.on('request', (request) => {
      request.resume()
      onRequest()
    })
  })

describe('a client', () => {
  it('waits for a response as long as Segment does, unless told otherwise', async () => {
    const timers = holdTimersOf(10_000)
    const app = silent(() => timers.endRunning())
    const response = await serve(app, (baseUrl) => connect(baseUrl).post('/events', {}))
    jest.restoreAllMocks()

    expect(response).toMatchObject({ timedOut: true, error: 'no response within 10 s' })
  })

  it('keeps only the start of the responses to a load', async () => {
    const app = sandbox((api) =>
      api.addHook('onSend', async () => JSON.stringify({ message: 'x'.repeat(1024 * 1024) }))
    )
    const response = await serve(app, (baseUrl) => connect(baseUrl).postLoad())

    expect(isReceived(response) && response.body.length).toBe(2048)
  })

  it('counts every timeout and keeps the first five', async () => {
    const timing = await serve(silent(), async (baseUrl) => {
      const client = connect(baseUrl, 20)
      await client.postEach(Array(7).fill({}))
      return client.timing
    })

    expect(timing).toMatchObject({ count: 7, timeouts: 7 })
    expect(timing.firstTimeouts.map(({ exchange }) => exchange.error)).toEqual(
      Array(5).fill('no response within 0.02 s')
    )
  })

  it('does not judge connections if a request gets no response', async () => {
    const app = sandbox((api) => api.addHook('onRequest', async ({ socket }) => void socket.destroy()))
    const finding = await serve(app, (baseUrl) => keepAlive.check(connect(baseUrl), { readOnly: false }))

    expect(finding).toMatchObject({
      verdict: 'inconclusive',
      reason: 'The connection was closed before the response was complete.'
    })
  })

  it('shows nothing of the time before its first request', async () => {
    expect(await respondsInTime.check(connect('http://127.0.0.1:9/v1'), { readOnly: true })).toEqual({
      verdict: 'inconclusive',
      reason: 'No request was sent.',
      exchanges: []
    })
  })
})

describe('the API key', () => {
  it('loses the white space around it', () => {
    expect(parseApiKey(' fake-api-key\n')).toBe('fake-api-key')
  })

  it('is the user name, without a password', () => {
    const { authorization } = apiKeyCredentials('the key', 'fäke', '$KEY')

    expect(authorization).toBe(`Basic ${Buffer.from('fäke:').toString('base64')}`)
  })

  it.each([
    ['', 'The API key is empty.'],
    [' \n', 'The API key is empty.'],
    ['fake:key', 'The API key contains a colon or a control character. No Astrolabe key does.'],
    ['fake\nkey', 'The API key contains a colon or a control character. No Astrolabe key does.']
  ])('may not be %j', (text, message) => {
    expect(() => parseApiKey(text)).toThrow(message)
  })
})

const OTHERS = ['https', 'responds-in-time', 'rate-limit']

describe('an API that times out', () => {
  it.each(RULES.map(({ id }) => id).filter((id) => !OTHERS.includes(id)))('neither passes nor fails %s', async (id) => {
    const finding = await serve(silent(), async (baseUrl) => {
      const client = createClient({
        baseUrl,
        apiKey: API_KEY,
        keyWithoutPermission: KEY_WITHOUT_PERMISSION,
        timeLimit: 50,
        signal: new AbortController().signal
      })
      return RULES.find((rule) => rule.id === id)?.check(client, { readOnly: false })
    })

    expect(finding).toMatchObject({
      verdict: 'inconclusive',
      reason: id === 'errors-explained' ? 'Nothing was rejected.' : 'No response within 0.05 s.'
    })
  })
})
