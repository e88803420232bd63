import { createClient, isReceived } from '../../src/contract/client'
import { respondsInTime } from '../../src/contract/rules/transport'
import { holdTimersOf } from '../held-timers'
import { API_KEY, sandbox, serve } from './check-sandbox'

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
    expect(timing.firstTimeouts.map(({ error }) => error)).toEqual(Array(5).fill('no response within 0.02 s'))
  })

  it('shows nothing of the time before its first request', async () => {
    expect(await respondsInTime.check(connect('http://127.0.0.1:9/v1'), { readOnly: true })).toEqual({
      verdict: 'inconclusive',
      reason: 'No request was sent.',
      exchanges: []
    })
  })
})
