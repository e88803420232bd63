import { createSanitizer } from '../../src/contract/sanitizer'

const sanitize = createSanitizer([])

describe('a sanitized text', () => {
  it('is unchanged if it is short and visible', () => {
    expect(sanitize('{"name":"Zoë 👍"}')).toBe('{"name":"Zoë 👍"}')
  })

  it.each([
    ['line\nbreak\ttab', 'line\\nbreak\\ttab'],
    ['\u001b[31mred', '\\u001b[31mred'],
    ['\u202eright to left', '\\u202eright to left'],
    ['\uFFFE\uFFFF', '\\ufffe\\uffff'],
    ['\u{E0041}', '\\udb40\\udc41']
  ])('escapes invisible characters: %j', (text, expected) => {
    expect(sanitize(text)).toBe(expected)
  })

  it('is cut after 500 characters and tells its length', () => {
    expect(sanitize('x'.repeat(500))).toBe('x'.repeat(500))
    expect(sanitize('x'.repeat(501))).toBe(`${'x'.repeat(500)}… (501 characters)`)
  })

  it('is never cut in the middle of a character', () => {
    expect(sanitize(`${'x'.repeat(499)}👍`)).toBe(`${'x'.repeat(499)}… (501 characters)`)
  })

  it('contains no part of a key, in any place and encoding', () => {
    const key = 'FAKE-API-KEY-'.repeat(3)
    const escaped = key.replace(/[^]/g, (unit) => `&amp;#x${unit.charCodeAt(0).toString(16)};`)
    for (let before = 0; before < 4000; before += 97) {
      const sanitized = createSanitizer([key])('x'.repeat(before) + escaped.repeat(3))

      expect(sanitized).not.toContain('&')
    }
  })
})
