import { IntegrationError } from '@segment/actions-core'
import { resolveIngestUrl } from '../../../src/destinations/astrolabe/ingest-url'

describe('resolveIngestUrl', () => {
  it.each([
    [undefined, 'https://ingest.astrolabe.so/v1'],
    ['', 'https://ingest.astrolabe.so/v1'],
    ['https://staging.astrolabe.example/v1', 'https://staging.astrolabe.example/v1'],
    ['https://staging.astrolabe.example/v1//', 'https://staging.astrolabe.example/v1'],
    ['https://staging.astrolabe.example', 'https://staging.astrolabe.example'],
    ['http://localhost:8080/v1/', 'http://localhost:8080/v1'],
    ['http://127.0.0.1:8080/v1', 'http://127.0.0.1:8080/v1'],
    ['http://127.1/v1', 'http://127.0.0.1/v1'],
    ['http://127.8.9.10/v1', 'http://127.8.9.10/v1'],
    ['http://[::1]:8080/v1', 'http://[::1]:8080/v1']
  ])('takes %j as %s', (override, url) => {
    expect(resolveIngestUrl(override)).toBe(url)
  })

  it.each([
    'http://ingest.astrolabe.so/v1',
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
  ])('refuses %j, so that no API key crosses a network in the clear', (override) => {
    expect(() => resolveIngestUrl(override)).toThrow(
      new IntegrationError(
        'ASTROLABE_INGEST_URL must be an https: URL, or http: to localhost, 127.0.0.0/8 or [::1], without credentials, query or fragment.',
        'MISCONFIGURED_INGEST_URL',
        500
      )
    )
  })
})

describe('ASTROLABE_INGEST_URL', () => {
  afterEach(() => {
    delete process.env.ASTROLABE_INGEST_URL
  })

  async function load(override: string) {
    process.env.ASTROLABE_INGEST_URL = override
    jest.resetModules()
    return import('../../../src/destinations/astrolabe/ingest-url')
  }

  it('is read once, when the destination is loaded', async () => {
    const { ingestUrl } = await load('http://localhost:1/v1')
    process.env.ASTROLABE_INGEST_URL = 'http://localhost:2/v1'

    expect(ingestUrl()).toBe('http://localhost:1/v1')
  })

  it('keeps nothing from loading where it is wrong, and everything from being sent', async () => {
    const { ingestUrl } = await load('http://ingest.astrolabe.example/v1')

    expect(() => ingestUrl()).toThrow(/^ASTROLABE_INGEST_URL must be an https: URL/)
  })
})
