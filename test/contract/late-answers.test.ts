import { createClient } from '../../src/contract/client'
import { RULES } from '../../src/contract/rules'
import { API_KEY, KEY_WITHOUT_PERMISSION, sandbox, serve } from './check-sandbox'

/** An API that reads every request and answers none. */
const silent = () =>
  sandbox((app) => {
    app.server.removeAllListeners('request')
    app.server.on('request', (request) => request.resume())
  })

const OTHERS = ['https', 'answers-in-time', 'rate-limit']

describe('an API that does not answer in time', () => {
  it.each(RULES.map(({ id }) => id).filter((id) => !OTHERS.includes(id)))(
    'neither holds nor breaks %s by that',
    async (id) => {
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
        verdict: 'not shown',
        reason: id === 'refusals-explained' ? 'Nothing was refused.' : 'No answer within 0.05 s.'
      })
    }
  )
})
