import { buildSandbox, SANDBOX_API_KEY } from '../../src/sandbox/build'
import { basic } from '../http'

const authorization = basic(`${SANDBOX_API_KEY}:`)

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
