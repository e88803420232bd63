import diagnostics from 'node:diagnostics_channel'
import { createClient } from '../../src/contract/client'
import { CONNECTIONS } from '../../src/contract/rules/transport'
import { API_KEY, sandbox, serve } from './check-sandbox'

const [keepAlive] = CONNECTIONS

describe('keep-alive', () => {
  it('is not shown where Node does not tell of connections', async () => {
    jest.spyOn(diagnostics, 'subscribe').mockReturnValue(undefined)

    const finding = await serve(sandbox(), (baseUrl) =>
      keepAlive.check(createClient({ baseUrl, apiKey: API_KEY, signal: new AbortController().signal }), {
        readOnly: false
      })
    )
    jest.restoreAllMocks()

    expect(finding).toMatchObject({
      verdict: 'not shown',
      reason: 'This version of Node does not tell which connection a request goes out on.'
    })
  })

  it('is not shown where a request has no answer', async () => {
    const app = sandbox((api) =>
      api.addHook('onRequest', async ({ socket }) => {
        socket.destroy()
      })
    )
    const finding = await serve(app, (baseUrl) =>
      keepAlive.check(createClient({ baseUrl, apiKey: API_KEY, signal: new AbortController().signal }), {
        readOnly: false
      })
    )

    expect(finding).toMatchObject({
      verdict: 'not shown',
      reason: 'The connection was closed before the answer was complete.'
    })
  })
})
