import { apiKeyCredentials, parseApiKey } from '../../src/contract/credentials'

describe('the API key', () => {
  it('loses the white space around it', () => {
    expect(parseApiKey(' fake-api-key\n')).toBe('fake-api-key')
  })

  it('is the user name, without a password', () => {
    const { authorization } = apiKeyCredentials('the key', 'fäke', '$KEY')

    expect(authorization).toBe(`Basic ${Buffer.from('fäke:').toString('base64')}`)
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
