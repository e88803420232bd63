import { redactApiKey } from '../redaction'

const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('the API key', () => {
  it('is removed as it was pasted, trimmed and sent, wherever it is', () => {
    expect(redactApiKey(`fake-api-key, "fake-api-key" and Basic ${base64('fake-api-key:')}`, ' fake-api-key ')).toBe(
      '[API key], "[API key]" and Basic [API key]'
    )
  })

  it.each([
    ['text with white space', 'fake  key', 'fake  key'],
    ['text with half a character', 'fake\ud800key', 'fake\ud800key'],
    ['base64 without padding', 'fake@key', base64('fake@key:').replace(/=+$/, '')],
    ['base64 without the colon', 'fake@key', base64('fake@key')],
    ['base64url', 'fake>key?>', base64('fake>key?>:').replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')],
    ['base64 of a longer text', 'fake-api-key', base64('user=fake-api-key;')],
    ['base64 after a path', 'fake-api-key', `/v1/${base64('fake-api-key:')}`],
    ['base64 of base64', 'fake-api-key', base64(base64('fake-api-key:'))],
    ['base64 of a URL', 'fake key/+', base64(encodeURIComponent('fake key/+'))],
    ['a URL', 'fake@key/+', 'fake%40key%2F%2B'],
    ['a URL in lower case', 'fake@key/+', 'fake%40key%2f%2b'],
    ['a URL with more escapes than necessary', 'key', '%6b%65%79'],
    ['a URL with characters of two, three and four bytes', 'é€🔑', '%C3%A9%E2%82%AC%F0%9F%94%91'],
    ['a URL in a URL', 'fake@key', 'fake%2540key'],
    ['a URL that contains base64', 'fake@key', encodeURIComponent(base64('fake@key:'))],
    ['a form', "fake key!*'()~", 'fake+key%21*%27%28%29%7E'],
    ['JSON of PHP', 'fake/key', 'fake\\/key'],
    ['JSON of .NET', 'fake+key', 'fake\\u002Bkey'],
    ['JSON in ASCII', 'clé-🔑-key', 'cl\\u00e9-\\uD83D\\uDD11-key'],
    ['JSON in JSON', 'fake"key', 'fake\\\\\\"key'],
    ['JSON in a URL', 'fake/key', 'fake%5C%2Fkey'],
    ['HTML with hexadecimal entities', "fake/'key", 'fake&#x2F;&#x27;key'],
    ['HTML with hexadecimal entities in capitals', "fake/'key", 'fake&#X2F;&#X27;key'],
    ['HTML in a URL', 'fake/key', 'fake%26%23x2F%3Bkey'],
    ['HTML with decimal entities', "fake/'key", 'fake&#47;&#039;key'],
    ['HTML with named entities', 'fake&"<>key', 'fake&amp;&quot;&lt;&gt;key'],
    ['HTML in HTML', 'fake&key', 'fake&amp;amp;key']
  ])('is removed from %s', (_form: string, apiKey: string, quoted: string) => {
    expect(redactApiKey(`a ${quoted} b`, apiKey)).toBe('a [API key] b')
  })

  it('is found if it looks like an escape itself', () => {
    expect(redactApiKey('a%41&amp;b, a%2541%26b and a%41&b', 'a%41&b')).toBe('[API key], [API key] and [API key]')
  })

  it('is found after an HTML entity that names no character', () => {
    expect(redactApiKey('&#x110000;fake-key and &nothing;fake-key', 'fake-key')).toBe(
      '&#x110000;[API key] and &nothing;[API key]'
    )
  })

  it('is not read as a pattern', () => {
    expect(redactApiKey('k.y and key and $&', 'k.y')).toBe('[API key] and key and $&')
  })

  it('is nowhere if it is empty', () => {
    expect(redactApiKey('a message', ' ')).toBe('a message')
  })
})
