import { readable } from '../../src/contract/readable'

describe('a readable text', () => {
  it('is what it was where there is nothing to hide', () => {
    expect(readable('{"name":"Zoë 👍"}')).toBe('{"name":"Zoë 👍"}')
  })

  it.each([
    ['line\nbreak\ttab', 'line\\nbreak\\ttab'],
    ['\u001b[31mred', '\\u001b[31mred'],
    ['\u202eright to left', '\\u202eright to left'],
    ['\uFFFE\uFFFF', '\\ufffe\\uffff'],
    ['\u{E0041}', '\\udb40\\udc41']
  ])('shows what is invisible: %j', (text, expected) => {
    expect(readable(text)).toBe(expected)
  })

  it('is cut after 500 characters, and says how many there were', () => {
    expect(readable('x'.repeat(500))).toBe('x'.repeat(500))
    expect(readable('x'.repeat(501))).toBe(`${'x'.repeat(500)}… (501 characters)`)
  })

  it('is not cut in the middle of a character', () => {
    expect(readable(`${'x'.repeat(499)}👍`)).toBe(`${'x'.repeat(499)}… (501 characters)`)
  })
})
