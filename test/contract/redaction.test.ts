import fc from 'fast-check'
import fastify from 'fastify'
import { describeReport } from '../../src/cli/check/report'
import { createRedactor } from '../../src/contract/redaction'
import { API_KEY, checkAt, KEY_WITHOUT_PERMISSION, serve } from './check-sandbox'

const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('a report', () => {
  it('contains no key, however an API repeats it', async () => {
    const forms = [API_KEY, KEY_WITHOUT_PERMISSION].flatMap((key) => [
      key,
      key.toUpperCase(),
      base64(key),
      base64(`${key}:`),
      base64(`${key}:`).replace(/=+$/, ''),
      encodeURIComponent(base64(`${key}:`))
    ])
    const echo = forms.join(' ')
    const app = fastify()
    app.setNotFoundHandler(async (_request, reply) =>
      reply.code(429).headers({ location: echo, 'retry-after': echo }).send({ message: echo })
    )
    app.post('/v1/events', async (_request, reply) =>
      reply.code(400).headers({ location: echo, 'retry-after': echo }).send({ message: echo })
    )
    const report = await serve(app, (baseUrl) => checkAt(baseUrl))

    for (const text of [JSON.stringify(report), describeReport(report)]) {
      expect(text).toContain('[API key]')
      forms.forEach((form) => expect(text.toLowerCase()).not.toContain(form.toLowerCase()))
    }
  })

  it('contains no part of a key if a body is cut', async () => {
    const app = fastify()
    app.setNotFoundHandler(async (_request, reply) => reply.code(400).send('x'.repeat(495) + API_KEY))
    const report = await serve(app, (baseUrl) => checkAt(baseUrl))

    expect(JSON.stringify(report)).toContain('"body":"xxxxx')
    expect(JSON.stringify(report)).not.toContain('xfake')
  })
})

const escapeUnits = (text: string, escape: (unit: string) => string) => text.replace(/[^a-zA-Z0-9]/g, escape)
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
  'decimal entities': (text) => escapeUnits(text, (unit) => `&#${unit.charCodeAt(0)};`),
  'hexadecimal entities': (text) => escapeUnits(text, (unit) => `&#x${unit.charCodeAt(0).toString(16)};`),
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

describe('a redacted text', () => {
  it.each(names)('does not show a key in %s', (name) => {
    const key = `fake/key+with "all" <of> é% & 'it'`

    expect(createRedactor([key])(`{"a":"${ENCODINGS[name](key)}"}`)).toBe('{"a":"[API key]"}')
  })

  it('does not show any key in any chain of two encodings', () => {
    fc.assert(
      fc.property(
        anyKey,
        fc.constantFrom(...names),
        // Upper case destroys what base64 encodes, so it comes first or not at all.
        fc.constantFrom(...names.filter((name) => name !== 'upper case')),
        fc.constantFrom(['', ''], ['"', '"'], ['Basic ', '\n'], ['/v1/', '?'], ['ä=', '&b']),
        (key, first, second, [before, after]) => {
          const visible = ENCODINGS[second](ENCODINGS[first](key))
          const redacted = createRedactor([key])(before + visible + after)

          expect(redacted).toContain('[API key]')
          expect(redacted).not.toContain(visible)
        }
      )
    )
  })

  it('does not show a key inside a longer text in base64', () => {
    expect(createRedactor([API_KEY])(`token ${base64(`{"key":"${API_KEY}","a":1}`)}.`)).toBe('token [API key].')
  })

  it('does not show a lone surrogate', () => {
    expect(createRedactor(['\uD800'])('<\uD800>')).toBe('<[API key]>')
  })

  it('does not show the end of a key that begins like another', () => {
    expect(createRedactor(['key', 'key-without-permission'])('key-without-permission, key')).toBe(
      '[API key], [API key]'
    )
  })

  it.each([
    ['no key', [], 'a text with base64 in it: aGVsbG8gd29ybGQ='],
    ['another key', ['another-fake-key'], '{"a":"\\u00e9 &amp; %C3%A9 &#99999999; aGVsbG8gd29ybGQ= %FF"}']
  ])('is unchanged with %s', (_case, keys: string[], text) => {
    expect(createRedactor(keys)(text)).toBe(text)
  })
})
