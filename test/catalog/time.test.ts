import { timeOf } from '../../src/catalog'

const NOON = Date.UTC(2026, 0, 31, 12)

describe('the time of an event', () => {
  it.each([
    '2026-01-31T12:00:00.000Z',
    '2026-01-31T12:00:00',
    '2026-01-31T12:00',
    '2026-01-31 12:00:00',
    '2026-01-31T13:00:00+01:00',
    '2026-01-31T13:00:00+0100',
    '2026-01-31T13:00:00+01',
    '2026-01-31T12:00:00,000000000Z',
    'Sat, 31 Jan 2026 12:00:00 GMT',
    '1769860800',
    1769860800,
    1769860800000,
    '1769860800000000000'
  ])('is noon for %j', (value) => {
    expect(timeOf(value)).toBe(NOON)
  })

  it('is midnight UTC for a date', () => {
    expect(timeOf('2026-01-31')).toBe(Date.UTC(2026, 0, 31))
  })

  it.each([
    '2025-06-31',
    '2025-02-29T12:00:00Z',
    '2026-01-31T25:00',
    '20260131',
    'yesterday 1',
    '',
    null,
    {},
    undefined
  ])('is unknown for %j', (value) => {
    expect(timeOf(value)).toBeUndefined()
  })
})
