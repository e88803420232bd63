import fc from 'fast-check'
import { createWithhold } from '../../src/secrets/withhold'

const WITHHELD = '[withheld: it quotes the API key]'
const TOO_LARGE = '[withheld: it is too large to be checked for the API key]'
const API_KEY = 'fake-api-key'
const LONG_KEY = 'fake-api-key-'.repeat(9)

const base64 = (text: string) => Buffer.from(text).toString('base64')

const toEntities = (text: string, entity: (codePoint: number) => string) =>
  text.replace(/[^a-zA-Z0-9]/gu, (character) => entity(Number(character.codePointAt(0))))
const unicodeEscape = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`

/** What servers do to a text that they repeat. */
const ENCODINGS: Record<string, (text: string) => string> = {
  JSON: (text) => JSON.stringify(text).slice(1, -1),
  'JSON as PHP writes it': (text) =>
    JSON.stringify(text)
      .slice(1, -1)
      .replaceAll('/', '\\/')
      .replace(/[\u0080-\uFFFF]/g, unicodeEscape),
  'JSON as .NET writes it': (text) =>
    JSON.stringify(text)
      .slice(1, -1)
      .replace(/[+'<>&`]|[\u0080-\uFFFF]/g, (unit) => unicodeEscape(unit).toUpperCase().replace('U', 'u')),
  'Unicode escapes only': (text) => text.replace(/[^]/g, unicodeEscape),
  HTML: (text) =>
    text.replace(/[&<>"']/g, (unit) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[unit] ?? '&#x27;'),
  'decimal entities': (text) => toEntities(text, (codePoint) => `&#${codePoint};`),
  'hexadecimal entities': (text) => toEntities(text, (codePoint) => `&#x${codePoint.toString(16)};`),
  encodeURIComponent,
  encodeURI,
  'lower-case percent escapes': (text) =>
    encodeURIComponent(text).replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()),
  'percent escapes only': (text) => Buffer.from(text).toString('hex').replace(/../g, '%$&'),
  'a form': (text) => new URLSearchParams([['', text]]).toString().slice(1),
  base64,
  'base64 of credentials': (text) => base64(`${text}:`),
  base64url: (text) => Buffer.from(text).toString('base64url'),
  'upper case': (text) => text.replace(/[a-z]/g, (letter) => letter.toUpperCase())
}

const names = Object.keys(ENCODINGS)

/** Keys that could be real: printable, no colon, long enough not to occur by chance. */
const anyKey = fc
  .string({ unit: 'grapheme', minLength: 8, maxLength: 40 })
  .filter((key) => key.trim() === key && !/[:\p{Cc}]/u.test(key))

describe('a text', () => {
  it.each(names)('is withheld if it quotes a key in %s', (name) => {
    const key = `fake/key+with "all" <of> é% & 'it'`

    expect(createWithhold([key])(`{"a":"${ENCODINGS[name](key)}"}`)).toBe(WITHHELD)
  })

  it('is withheld if it quotes any key in any chain of two encodings', () => {
    fc.assert(
      fc.property(
        anyKey,
        fc.constantFrom(...names),
        // Upper case destroys what base64 encodes, so it comes first or not at all.
        fc.constantFrom(...names.filter((name) => name !== 'upper case')),
        fc.constantFrom(['', ''], ['"', '"'], ['Basic ', '\n'], ['/v1/', '?'], ['ä=', '&b']),
        (key, first, second, [before, after]) => {
          const quoted = ENCODINGS[second](ENCODINGS[first](key))

          expect(createWithhold([key])(before + quoted + after)).toBe(WITHHELD)
        }
      )
    )
  })

  it.each([
    ['in base64 of a longer text', API_KEY, base64(`{"key":"${API_KEY}","a":1}`)],
    ['as a password in base64', API_KEY, base64(`:${API_KEY}`)],
    ['in base64 in lines', LONG_KEY, base64(`user=${LONG_KEY}`).replace(/.{60}/g, '$&\r\n')],
    ['in base64 in lines in JSON', LONG_KEY, base64(`user=${LONG_KEY}`).replace(/.{76}/g, '$&\\n')],
    ['in base64 in lower case', 'fake-api-key1', base64('fake-api-key1:').toLowerCase()],
    ['in base64 in lower case without the colon', 'fake-api-key1', base64('fake-api-key1').toLowerCase()],
    ['in named HTML entities', 'fake+key/=', 'fake&plus;key&sol;&equals;'],
    ['in named HTML entities in capitals', 'fake+key', 'FAKE&PLUS;KEY'],
    ['in HTML entities without semicolons', 'fake/api/1', 'fake&#x2Fapi&#471'],
    ['with spaces and invisible characters', API_KEY, 'fake\u200b-api\n-\u0000\u00a0key'],
    ['with a lone surrogate', 'fake\uD800key', '<fake\uD800key>']
  ])('is withheld if it quotes a key %s', (_how, key, quoted) => {
    expect(createWithhold([key])(`a ${quoted} b`)).toBe(WITHHELD)
  })

  it('is withheld if it quotes one of several keys', () => {
    const withhold = createWithhold([API_KEY, 'other-fake-key'])

    expect(['a fake-api-key', 'an other-fake-key', 'no key'].map((text) => withhold(text))).toEqual([
      WITHHELD,
      WITHHELD,
      'no key'
    ])
  })

  it.each([
    ['no key', [], 'a text with base64 in it: aGVsbG8gd29ybGQ='],
    ['another key', ['another-fake-key'], '{"a":"\\u00e9 &amp; %C3%A9 &#99999999; aGVsbG8gd29ybGQ= %FF"}']
  ])('is unchanged with %s', (_case, keys: string[], text) => {
    expect(createWithhold(keys)(text)).toBe(text)
  })

  it('is unchanged whatever it says, if it does not quote the key', () => {
    fc.assert(
      fc.property(anyKey, fc.lorem({ maxCount: 40 }), (key, text) => {
        expect(createWithhold([key])(text)).toBe(text)
      })
    )
  })

  it('is cut if it is longer than is shown', () => {
    expect(createWithhold([API_KEY])('x'.repeat(600), 500)).toBe('x'.repeat(500))
  })

  it('is withheld if it is cut inside the key, in any place and encoding', () => {
    const key = 'FAKE-API-KEY-'.repeat(3)
    const escaped = key.replace(/[^]/g, (unit) => `&amp;#x${unit.charCodeAt(0).toString(16)};`)
    for (let before = 0; before < 500; before += 7) {
      expect(createWithhold([key])('x'.repeat(before) + escaped, 500)).toBe(WITHHELD)
    }
  })

  it('is not withheld for a key behind what is shown', () => {
    expect(createWithhold([API_KEY])('x'.repeat(10_000) + API_KEY, 500)).toBe('x'.repeat(500))
  })
})

describe('a large text', () => {
  const MEGABYTE = 1024 * 1024
  const large = (length: number, part: string) => part.repeat(Math.ceil(length / part.length)).slice(0, length)
  const nested = base64(base64('an innocent text, '.repeat(MEGABYTE / 24)))

  it.each([
    ['base64', large(MEGABYTE, base64('an innocent text, '))],
    ['base64 of base64', nested.slice(0, MEGABYTE)],
    ['percent escapes', large(MEGABYTE, '%25')],
    ['HTML entities', large(MEGABYTE, '&amp;')],
    ['an entity without an end', `&#${large(MEGABYTE - 2, '0')}`],
    ['backslashes', large(MEGABYTE, '\\')],
    ['spaces', large(MEGABYTE, ' ')],
    ['one word', large(MEGABYTE, 'x')]
  ])('of %s is shown if it does not quote the key', (_content, text) => {
    expect(createWithhold([API_KEY])(text)).toBe(text)
  })

  it('is withheld if it quotes the key at its end', () => {
    expect(createWithhold([API_KEY])(large(MEGABYTE - 100, 'x ') + base64(API_KEY))).toBe(WITHHELD)
  })

  it('is withheld if it is too large to be checked', () => {
    expect(createWithhold([API_KEY])(large(8 * MEGABYTE, base64('an innocent text, ')))).toBe(TOO_LARGE)
  })

  it('is cut if only its start is shown', () => {
    expect(createWithhold([API_KEY])(large(8 * MEGABYTE, 'QUJD'), 8)).toBe('QUJDQUJD')
  })

  it('is shown whatever its size if there is no key', () => {
    const text = large(8 * MEGABYTE, 'QUJD')

    expect(createWithhold([])(text)).toBe(text)
  })
})
