import { InvalidAuthenticationError } from '@segment/actions-core'
import { authorization, redactApiKey } from '../../../src/destinations/astrolabe/api-key'

const WHERE_TO_FIND_IT =
  'Copy the API key again from the Segment.com connector in Astrolabe and paste it into the settings of this destination.'

describe('authorization', () => {
  it.each([
    ['fake-api-key', 'fake-api-key:'],
    [' fake-api-key\n', 'fake-api-key:'],
    ['\u00a0fake-api-key\ufeff', 'fake-api-key:'],
    ['!@#$%^&*()[]', '!@#$%^&*()[]:'],
    ['clé-名-🔑', 'clé-名-🔑:'],
    ['k'.repeat(10000), `${'k'.repeat(10000)}:`]
  ])('makes a user name without a password of %j', (apiKey, credentials) => {
    expect(authorization(apiKey)).toBe(`Basic ${Buffer.from(credentials).toString('base64')}`)
  })

  it.each([
    ['', 'The API key is empty.'],
    [' \n', 'The API key is empty.'],
    [undefined, 'The API key is empty.'],
    ['fake:key', 'The API key holds a colon, which no Astrolabe key does.'],
    ['fake-api-key:', 'The API key holds a colon, which no Astrolabe key does.'],
    ['fake\nkey', 'The API key holds a line break or another control character.'],
    ['fake\u0000key', 'The API key holds a line break or another control character.'],
    ['fake\u009bkey', 'The API key holds a line break or another control character.']
  ])('refuses %j with a sentence that says why and what to do', (apiKey, why) => {
    expect(() => authorization(apiKey)).toThrow(new InvalidAuthenticationError(`${why} ${WHERE_TO_FIND_IT}`))
  })
})

describe('redactApiKey', () => {
  it('takes out the key as it was pasted, as it was trimmed and as it was sent, wherever it stands', () => {
    const sent = Buffer.from('fake-api-key:').toString('base64')

    expect(redactApiKey(`fake-api-key, "fake-api-key" and Basic ${sent}`, ' fake-api-key ')).toBe(
      '[API key], "[API key]" and Basic [API key]'
    )
  })

  it.each([
    ['base64 without its end', 'fake@key', Buffer.from('fake@key:').toString('base64').replace(/=+$/, '')],
    ['base64 of the key alone', 'fake@key', Buffer.from('fake@key').toString('base64')],
    ['a URL', 'fake@key/+', 'fake%40key%2F%2B'],
    ['a URL, as a form writes it', "fake key!*'()~", 'fake+key%21*%27%28%29%7E'],
    ['a URL, as encodeURIComponent writes it', "fake key!*'()~", encodeURIComponent("fake key!*'()~")],
    ['text, white space and all', 'fake  key', 'fake  key'],
    ['text, half a character and all', 'fake\ud800key', 'fake\ud800key']
  ])('takes out the key as it stands in %s', (_form, apiKey, quoted) => {
    expect(redactApiKey(`a ${quoted} b`, apiKey)).toBe('a [API key] b')
  })

  it('reads no pattern into the key', () => {
    expect(redactApiKey('k.y and key and $&', 'k.y')).toBe('[API key] and key and $&')
  })
})
