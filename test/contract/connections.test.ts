import diagnostics from 'node:diagnostics_channel'
import { createClient } from '../../src/contract/client'
import { keepAlive } from '../../src/contract/rules/transport'
import { API_KEY, sandbox, serve } from './check-sandbox'

describe('keep-alive', () => {
  it('is inconclusive if Node does not publish connections', async () => {
    jest.spyOn(diagnostics, 'subscribe').mockReturnValue(undefined)

    const finding = await serve(sandbox(), (baseUrl) =>
      keepAlive.check(createClient({ baseUrl, apiKey: API_KEY, signal: new AbortController().signal }), {
        readOnly: false
      })
    )
    jest.restoreAllMocks()

    expect(finding).toMatchObject({
      verdict: 'inconclusive',
      reason: 'This version of Node does not publish the connection of a request.'
    })
  })

  it('is inconclusive if a request gets no response', async () => {
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
      verdict: 'inconclusive',
      reason: 'The connection was closed before the response was complete.'
    })
  })
})
