import { createTestIntegration } from '@segment/actions-core'
import nock from 'nock'
import destination from '../index'

const UNCHECKED =
  'Credentials are invalid:  The API key could not be checked, because Astrolabe is not available. The key may be correct. Try again in a few minutes.'

const check = () => createTestIntegration(destination).testAuthentication({ apiKey: ' fake-api-key\n' })

describe('the setting', () => {
  it('is one required secret', () => {
    expect(destination.authentication).toMatchObject({
      scheme: 'custom',
      fields: {
        apiKey: { label: 'API Key', description: 'Your Astrolabe API key', type: 'password', required: true }
      }
    })
    expect(Object.keys(destination.authentication?.fields ?? {})).toEqual(['apiKey'])
  })
})

describe('testAuthentication', () => {
  it.each([400, 422, 501, 200, 202])(
    'accepts a key if Astrolabe responds to an empty message with %d',
    async (status: number) => {
      const scope = nock('https://ingest.astrolabe.so', {
        reqheaders: { authorization: 'Basic ZmFrZS1hcGkta2V5Og==', 'content-type': 'application/json' }
      })
        .post('/v1/events', {})
        .reply(status, { message: 'type is missing' })

      await expect(check()).resolves.toBeUndefined()

      expect(scope.isDone()).toBe(true)
    }
  )

  it.each<[number, string]>([
    [401, 'This API key was revoked.'],
    [403, 'This API key may not write.']
  ])("rejects a key on %d, with Astrolabe's message", async (status: number, message: string) => {
    nock('https://ingest.astrolabe.so').post('/v1/events').reply(status, { message })

    await expect(check()).rejects.toThrow(new Error(`Credentials are invalid:  ${message}`))
  })

  it.each([302, 404, 429, 500, 503])('does not call the key wrong on %d', async (status: number) => {
    nock('https://ingest.astrolabe.so').post('/v1/events').reply(status, { message: 'Something else.' })

    await expect(check()).rejects.toThrow(new Error(UNCHECKED))
  })

  it('does not call the key wrong if Astrolabe cannot be reached', async () => {
    nock('https://ingest.astrolabe.so').post('/v1/events').replyWithError('connect ECONNREFUSED')

    await expect(check()).rejects.toThrow(new Error(UNCHECKED))
  })

  it('rejects a key that cannot be sent, without a request', async () => {
    await expect(createTestIntegration(destination).testAuthentication({ apiKey: 'fake:key' })).rejects.toThrow(
      /^Credentials are invalid: {2}The API key contains a colon/
    )
  })
})
