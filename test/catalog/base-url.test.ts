import { Destination } from '@segment/actions-core'
import type { DestinationDefinition, JSONObject, SegmentEvent } from '@segment/actions-core'
import nock from 'nock'
import { BASE_URL, destination, withBaseUrl } from '../../src/catalog'
import { BaseUrlError, parseBaseUrl } from '../../src/secrets/base-url'
import { stubNetwork } from '../stubbed-network'

const settings = { apiKey: 'fake-api-key' }
const message = { type: 'track', event: 'User Registered', userId: 'userId123' }
const event = message as SegmentEvent
const authorization = 'Basic ZmFrZS1hcGkta2V5Og=='

stubNetwork()

describe('a base URL', () => {
  it.each([
    ['https://ingest.astrolabe.so/v1', BASE_URL],
    ['https://staging.astrolabe.example/v1', 'https://staging.astrolabe.example/v1'],
    ['https://staging.astrolabe.example/v1//', 'https://staging.astrolabe.example/v1'],
    ['https://staging.astrolabe.example', 'https://staging.astrolabe.example'],
    ['http://localhost:8080/v1/', 'http://localhost:8080/v1'],
    ['http://127.0.0.1:8080/v1', 'http://127.0.0.1:8080/v1'],
    ['http://127.1/v1', 'http://127.0.0.1/v1'],
    ['http://127.8.9.10/v1', 'http://127.8.9.10/v1'],
    ['http://[::1]:8080/v1', 'http://[::1]:8080/v1']
  ])('of %j is read as %s', (text, url) => {
    expect(parseBaseUrl(text)).toBe(url)
  })

  it.each([
    '',
    'http://ingest.astrolabe.so/v1',
    'ingest.astrolabe.so',
    'http://127.0.0.1.attacker.example/v1',
    'http://localhost.attacker.example/v1',
    'http://10.0.0.1/v1',
    'http://[::2]/v1',
    'ftp://localhost/v1',
    'https://user@staging.astrolabe.example/v1',
    'https://:password@staging.astrolabe.example/v1',
    'https://staging.astrolabe.example/v1?key=1',
    'https://staging.astrolabe.example/v1#a',
    'staging.astrolabe.example',
    'not a url'
  ])('of %j is rejected, so that no API key crosses a network in the clear', (text) => {
    const reason =
      'The base URL must be an https: URL, or http: to localhost, 127.0.0.0/8 or [::1], without credentials, query or fragment.'

    expect(() => parseBaseUrl(text)).toThrow(new BaseUrlError(reason))
    expect(() => withBaseUrl(destination, text)).toThrow(new BaseUrlError(reason))
  })
})

describe('a definition with another base URL', () => {
  const STAGING = 'https://staging.astrolabe.example'
  const definition = withBaseUrl(destination, `${STAGING}/v2/`)
  const data = { ...settings, subscription: destination.presets?.[2] as unknown as JSONObject }

  it('sends a single event there, with the same path, headers and body', async () => {
    const scope = nock(STAGING, { reqheaders: { authorization } }).post('/v2/events', message).reply(200)

    await new Destination(definition).onEvent(event, data)

    expect(scope.isDone()).toBe(true)
  })

  it('sends a batch there', async () => {
    const scope = nock(STAGING, { reqheaders: { authorization } })
      .post('/v2/batch', { batch: [message] })
      .reply(200, { results: [{ status: 200 }] })

    const [{ multistatus }] = await new Destination(definition).onBatch([event], data)

    expect(multistatus).toMatchObject([{ status: 200 }])
    expect(scope.isDone()).toBe(true)
  })

  it('checks the API key there', async () => {
    const scope = nock(STAGING, { reqheaders: { authorization } }).post('/v2/events', {}).reply(400)

    await new Destination(definition).testAuthentication(settings)

    expect(scope.isDone()).toBe(true)
  })

  it('leaves the definition that it was made from unchanged', async () => {
    const scope = nock('https://ingest.astrolabe.so').post('/v1/events').reply(200)

    await new Destination(destination).onEvent(event, data)

    expect(scope.isDone()).toBe(true)
  })

  it('sends nothing anywhere if a request would go outside the base URL that it replaces', async () => {
    const scope = nock('https://ingest.astrolabe.so').post(/.*/).reply(200)
    const astray: DestinationDefinition<typeof settings> = {
      ...destination,
      actions: {
        track: { ...destination.actions.track, perform: (request) => request('https://ingest.astrolabe.so/v10/events') }
      }
    }

    await expect(new Destination(withBaseUrl(astray, STAGING)).onEvent(event, data)).rejects.toThrow(
      new BaseUrlError(
        'The destination sends to https://ingest.astrolabe.so/v10/events, which is outside https://ingest.astrolabe.so/v1.'
      )
    )
    expect(scope.isDone()).toBe(false)
  })

  it('keeps an action that takes no batches, and a destination without a check of the key, as they are', () => {
    const { performBatch: _performBatch, ...track } = destination.actions.track
    const bare = withBaseUrl({ ...destination, authentication: undefined, actions: { track } }, STAGING)

    expect(bare.authentication).toBeUndefined()
    expect(bare.actions.track.performBatch).toBeUndefined()
  })
})
