import { createKeySearch } from '../quoted-key'

const quotes = (text: string, apiKey: string) => createKeySearch(apiKey)(text)

const base64 = (text: string) => Buffer.from(text).toString('base64')

const hex = (character: string) => character.charCodeAt(0).toString(16)

/** As OpenSSL, MIME and others wrap base64. */
const wrapped = (text: string, width: number, end: string) =>
  base64(text).replace(new RegExp(`.{${width}}`, 'g'), `$&${end}`)

const LONG_KEY = 'fake-api-key-'.repeat(20)

/** All ASCII punctuation but the colon, which no key has. */
const PUNCTUATION = '!"#$%&\'()*+,-./;<=>?@[\\]^_`{|}~'

const NAMED =
  '&excl;&quot;&num;&dollar;&percnt;&amp;&apos;&lpar;&rpar;&ast;&plus;&comma;-&period;&sol;&semi;&lt;&equals;&gt;' +
  '&quest;&commat;&lsqb;&bsol;&rsqb;&Hat;&lowbar;&grave;&lcub;&vert;&rcub;~'

describe('the API key', () => {
  it.each([
    ['quotation marks', 'fake-api-key', '"fake-api-key"'],
    ['text, though it was pasted with white space', ' fake-api-key ', 'fake-api-key'],
    ['text in upper case', 'fake-Api-key', 'FAKE-API-KEY'],
    ['text in lower case', 'FAKE-Api-KEY', 'fake-api-key'],
    ['text with white space', 'fake  key', 'fake  key'],
    ['text with a line break', 'fake-api-key', 'fake-\napi-key'],
    ['text with invisible characters', 'fake-api-key', 'fake\u200b-api\u00ad-key'],
    ['text with half a character', 'fake\ud800key', 'fake\ud800key'],
    ['base64', 'fake-api-key', base64('fake-api-key:')],
    ['base64 without padding', 'fake@key', base64('fake@key:').replace(/=+$/, '')],
    ['base64 without the colon', 'fake@key', base64('fake@key')],
    ['base64 in lower case', 'fake-api-key1', base64('fake-api-key1:').toLowerCase()],
    ['base64 of characters outside ASCII', 'clé-🔑-key', base64('clé-🔑-key:')],
    ['base64url', 'fake>key?>', base64('fake>key?>:').replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')],
    ['base64 of a longer text', 'fake-api-key', base64('user=fake-api-key;')],
    ['base64 after a path', 'fake-api-key', `/v1/${base64('fake-api-key:')}`],
    ['base64 of base64', 'fake-api-key', base64(base64('fake-api-key:'))],
    ['base64 of a URL', 'fake key/+', base64(encodeURIComponent('fake key/+'))],
    ['base64 in lines of 60 characters', LONG_KEY, wrapped(`user=${LONG_KEY};`, 60, '\n')],
    ['base64 in lines of 76 characters', LONG_KEY, wrapped(`user=${LONG_KEY};`, 76, '\r\n')],
    ['base64 in lines in JSON', LONG_KEY, JSON.stringify(wrapped(`user=${LONG_KEY};`, 60, '\r\n'))],
    ['base64 in lines in a URL', LONG_KEY, encodeURIComponent(wrapped(`user=${LONG_KEY};`, 76, '\n'))],
    ['a URL', 'fake@key/+', 'fake%40key%2F%2B'],
    ['a URL in lower case', 'fake@key/+', 'fake%40key%2f%2b'],
    ['a URL with more escapes than necessary', 'key', '%6b%65%79'],
    ['a URL with characters of two, three and four bytes', 'é€🔑', '%C3%A9%E2%82%AC%F0%9F%94%91'],
    ['a URL in a URL', 'fake@key', 'fake%2540key'],
    ['a URL that contains base64', 'fake@key', encodeURIComponent(base64('fake@key:'))],
    ['a form', "fake key!*'()~", 'fake+key%21*%27%28%29%7E'],
    ['JSON of PHP', 'fake/key', 'fake\\/key'],
    ['JSON of .NET', 'fake+key', 'fake\\u002Bkey'],
    ['JSON in upper case', 'fake+key', 'FAKE\\U002BKEY'],
    ['JSON in ASCII', 'clé-🔑-key', 'cl\\u00e9-\\uD83D\\uDD11-key'],
    ['JSON in JSON', 'fake"key', 'fake\\\\\\"key'],
    ['JSON in a URL', 'fake/key', 'fake%5C%2Fkey'],
    ['HTML with hexadecimal entities', "fake/'key", 'fake&#x2F;&#x27;key'],
    ['HTML with hexadecimal entities in capitals', "fake/'key", 'fake&#X2F;&#X27;key'],
    [
      'HTML with hexadecimal entities of all characters, without semicolons',
      'fake/api',
      'fake/api'.replace(/./g, (c) => `&#x${hex(c)}`)
    ],
    ['HTML with an entity without a semicolon before a digit', 'fake/1-key', 'fake&#x2F1-key or fake&#471-key'],
    ['HTML with decimal entities without semicolons', 'fake/key', 'fake&#047ke&#121'],
    ['HTML with large numbers', '🔑-fake-key', '&#128273;-fake&#45;key'],
    ['HTML in a URL', 'fake/key', 'fake%26%23x2F%3Bkey'],
    ['HTML with decimal entities', "fake/'key", 'fake&#47;&#039;key'],
    ['HTML with named entities', 'fake&"<>key', 'fake&amp;&quot;&lt;&gt;key'],
    ['HTML with named entities of all punctuation', `fake${PUNCTUATION}key`, `fake${NAMED}key`],
    ['HTML in upper case', `fake${PUNCTUATION}key`, `FAKE${NAMED.toUpperCase()}KEY`],
    ['HTML with named entities without semicolons', `fake${PUNCTUATION}key`, `fake${NAMED.replace(/;/g, '')}key`],
    ['HTML with named spaces', 'fake api\u00a0key', 'fake&Tab;api&nbsp;key&NewLine;'],
    ['HTML in HTML', 'fake&key', 'fake&amp;amp;key']
  ])('is found in %s', (_form: string, apiKey: string, quoted: string) => {
    expect(quotes(`a ${quoted} b`, apiKey)).toBe(true)
  })

  it.each(['a%41&amp;b', 'a%2541%26b', 'a%41&b'])(
    'is found in %s if it looks like an escape itself',
    (quoted: string) => {
      expect(quotes(`a ${quoted} b`, 'a%41&b')).toBe(true)
    }
  )

  it.each(['&#x110000;', '&nothing;', '%', '\\'])(
    'is found after %s, which stands for no character',
    (before: string) => {
      expect(quotes(`${before}fake-key`, 'fake-key')).toBe(true)
    }
  )

  it('is not found in a text that resembles it', () => {
    expect(quotes('key and k%2Dy and fake-api-ke and $&', 'k.y')).toBe(false)
    expect(quotes(base64('fake-api-ke: is the start of a fake API key'), 'fake-api-key')).toBe(false)
  })
})

describe('base64 of a longer text, behind other characters of base64', () => {
  it.each(['', 'a', 'ab', 'abc'])('is recognized: %j', (before: string) => {
    expect(quotes(`a ${before}${base64('user=fake-api-key;')} b`, 'fake-api-key')).toBe(true)
  })
})
