import { InvalidAuthenticationError } from '@segment/actions-core'
import { authorization } from '../api-key'

const WHERE_TO_FIND_IT =
  'Copy the API key again from the Segment.com connector in Astrolabe and paste it into the settings of this destination.'

describe('an API key', () => {
  it.each([
    ['fake-api-key', 'fake-api-key:'],
    [' fake-api-key\n', 'fake-api-key:'],
    ['\u00a0fake-api-key\ufeff', 'fake-api-key:'],
    ['!@#$%^&*()[]', '!@#$%^&*()[]:'],
    ['clé-名-🔑', 'clé-名-🔑:'],
    ['k'.repeat(10000), `${'k'.repeat(10000)}:`]
  ])('of %j is sent as a user name without a password', (apiKey: string, credentials: string) => {
    expect(authorization(apiKey)).toBe(`Basic ${Buffer.from(credentials).toString('base64')}`)
  })

  it.each<[string | undefined, string]>([
    ['', 'The API key is empty.'],
    [' \n', 'The API key is empty.'],
    [undefined, 'The API key is empty.'],
    ['fake:key', 'The API key contains a colon, which no Astrolabe key does.'],
    ['fake-api-key:', 'The API key contains a colon, which no Astrolabe key does.'],
    ['fake\nkey', 'The API key contains a line break or another control character.'],
    ['fake\u0000key', 'The API key contains a line break or another control character.'],
    ['fake\u009bkey', 'The API key contains a line break or another control character.']
  ])('of %j is rejected with a sentence that says why and what to do', (apiKey: string | undefined, why: string) => {
    expect(() => authorization(apiKey)).toThrow(new InvalidAuthenticationError(`${why} ${WHERE_TO_FIND_IT}`))
  })
})
