import { retryAfter } from '../../src/runtime/retry'

const NOW = Date.parse('2024-01-31T12:00:00Z')

describe('retryAfter', () => {
  it.each([
    ['120', 120_000],
    [' 5 ', 5000],
    ['0', 0],
    ['Wed, 31 Jan 2024 12:01:30 GMT', 90_000],
    ['Wed, 31 Jan 2024 11:59:00 GMT', 0],
    ['soon', 0],
    ['-5', 0],
    ['', 0],
    [null, 0],
    [undefined, 0]
  ])('reads %j as %d milliseconds', (header, milliseconds) => {
    expect(retryAfter(header, NOW)).toBe(milliseconds)
  })

  it('counts from now unless told otherwise', () => {
    expect(retryAfter('Thu, 01 Jan 1970 00:00:00 GMT')).toBe(0)
  })
})
