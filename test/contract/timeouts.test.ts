import { createClient } from '../../src/contract/client'
import { RULES } from '../../src/contract/rules'
import { API_KEY, KEY_WITHOUT_PERMISSION, sandbox, serve } from './check-sandbox'

/** Reads every request and never responds. */
const silent = () =>
  sandbox((app) => {
    app.server.removeAllListeners('request')
    app.server.on('request', (request) => request.resume())
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
