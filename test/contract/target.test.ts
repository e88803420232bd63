import { parseBaseUrl } from '../../src/contract/base-url'
import { apiKeyCredentials, parseApiKey } from '../../src/contract/credentials'

const INVALID_URL =
  'The URL must be https:, or http: to localhost, 127.0.0.0/8 or [::1], without credentials, query or fragment.'

describe('the base URL', () => {
  it.each([
    ['https://ingest.astrolabe.so/v1', 'https://ingest.astrolabe.so/v1'],
    ['https://staging.test/v1//', 'https://staging.test/v1'],
    ['http://localhost:4010/v1', 'http://localhost:4010/v1'],
    ['http://127.1/v1', 'http://127.0.0.1/v1'],
    ['http://[::1]:4010', 'http://[::1]:4010']
  ])('may be %s', (text, url) => {
    expect(parseBaseUrl(text)).toBe(url)
  })

  it.each([
    '',
    'ingest.astrolabe.so',
    'http://ingest.astrolabe.so/v1',
    'http://127.0.0.1.test/v1',
    'http://localhost.test/v1',
    'ftp://localhost/v1',
    'https://key@astrolabe.test/v1',
    'https://:key@astrolabe.test/v1',
    'https://astrolabe.test/v1?key=1',
    'https://astrolabe.test/v1#key'
  ])('may not be %j', (text) => {
    expect(() => parseBaseUrl(text)).toThrow(INVALID_URL)
  })
})

describe('the API key', () => {
  it('loses the white space around it', () => {
    expect(parseApiKey(' fake-api-key\n')).toBe('fake-api-key')
  })

  it('is the user name, without a password', () => {
    expect(apiKeyCredentials('the key', 'fäke').authorization).toBe(`Basic ${Buffer.from('fäke:').toString('base64')}`)
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
