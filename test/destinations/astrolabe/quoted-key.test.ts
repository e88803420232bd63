import fc from 'fast-check'
import { authorization } from '../../../src/destinations/astrolabe/api-key'
import { createKeySearch } from '../../../src/destinations/astrolabe/quoted-key'

type Encoding = (text: string) => string

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0')

const units = (text: string) => text.split('').map((unit) => unit.charCodeAt(0))

const points = (text: string) => [...text].map((character) => Number(character.codePointAt(0)))

const base64 = (text: string) => Buffer.from(text).toString('base64')

/** As servers, languages and frameworks encode a text that they quote. */
const ENCODINGS: Record<string, Encoding> = {
  nothing: (text) => text,
  'the Authorization header': (text) => base64(`${text}:`),
  base64: base64,
  'base64 without padding': (text) => base64(text).replace(/=+$/, ''),
  base64url: (text) => Buffer.from(text).toString('base64url'),
  encodeURIComponent: encodeURIComponent,
  'encodeURIComponent in lower case': (text) => encodeURIComponent(text).replace(/%../g, (part) => part.toLowerCase()),
  'a form': (text) => new URLSearchParams([['', text]]).toString().slice(1),
  'percent escapes of all bytes': (text) => [...Buffer.from(text)].map((byte) => `%${hex(byte, 2)}`).join(''),
  JSON: (text) => JSON.stringify(text).slice(1, -1),
  'JSON of PHP': (text) => JSON.stringify(text).slice(1, -1).replace(/\//g, '\\/'),
  'JSON of .NET': (text) =>
    text
      .replace(/\\/g, '\\\\')
      .replace(/[^\w \\-]|_/g, (character) => `\\u${hex(character.charCodeAt(0), 4).toUpperCase()}`),
  'JSON escapes of all characters': (text) =>
    units(text)
      .map((unit) => `\\u${hex(unit, 4)}`)
      .join(''),
  HTML: (text) =>
    text.replace(/[&<>"']/g, (character) => {
      return { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }[character] ?? ''
    }),
  'HTML entities of OWASP': (text) =>
    text.replace(/[&<>"'/]/g, (character) => `&#x${hex(character.charCodeAt(0), 1).toUpperCase()};`),
  'decimal HTML entities of all characters': (text) =>
    points(text)
      .map((point) => `&#${point};`)
      .join(''),
  'hexadecimal HTML entities of all characters': (text) =>
    points(text)
      .map((point) => `&#x${hex(point, 1)};`)
      .join('')
}

const encoding = fc.constantFrom(...Object.keys(ENCODINGS))

/** Any key that can be sent, and long enough not to be in the text around it by chance. */
const key = fc
  .oneof(
    fc.string({ minLength: 8, maxLength: 40 }),
    fc.string({ minLength: 8, maxLength: 40, unit: 'grapheme' }),
    fc.string({ minLength: 8, maxLength: 40, unit: fc.constantFrom(...'%&;#+/\\"\'<> =_-uxaA0125') }),
    fc.base64String({ minLength: 8, maxLength: 40 })
  )
  .filter((text) => text.trim() === text && isValid(text))

function isValid(apiKey: string): boolean {
  try {
    return authorization(apiKey) !== ''
  } catch {
    return false
  }
}

describe('the API key', () => {
  it('is found, whatever its characters and whatever two encodings', () => {
    fc.assert(
      fc.property(key, encoding, encoding, (apiKey, first, second) => {
        const quoted = ENCODINGS[second](ENCODINGS[first](apiKey))

        expect(createKeySearch(apiKey)(`Wrong: ${quoted} .`)).toBe(true)
      }),
      { numRuns: 1000 }
    )
  })

  it('is found in base64 of a longer text', () => {
    fc.assert(
      fc.property(key, fc.string(), fc.string(), (apiKey, before, after) => {
        expect(createKeySearch(apiKey)(base64(`${before}${apiKey}${after}`))).toBe(true)
      })
    )
  })

  it('is found in a text around it, and in no other text', () => {
    fc.assert(
      fc.property(key, fc.lorem({ maxCount: 40 }), (apiKey, text) => {
        const quotesKey = createKeySearch(apiKey)

        expect(quotesKey(text)).toBe(false)
        expect(quotesKey(`${text} ${apiKey} ${text}`)).toBe(true)
      })
    )
  })
})
