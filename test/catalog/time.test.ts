import path from 'node:path'
import { execFileSync } from 'node:child_process'
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

/** Node reads TZ when a process starts, so each zone needs its own. */
function evaluateIn(zone: string, script: string): unknown {
  const output = execFileSync(process.execPath, ['--import', 'tsx', '-e', `console.log(JSON.stringify(${script}))`], {
    cwd: path.join(__dirname, '../../src'),
    env: { TZ: zone },
    encoding: 'utf8'
  })
  return JSON.parse(output)
}

describe('a time without a zone', () => {
  it('is UTC in the period of a delivery, on a machine in any zone', () => {
    const script = `['2026-01-31T12:00', '2026-01-31 12:00:00'].map(require('./catalog').timeOf)`

    expect(evaluateIn('Asia/Kolkata', script)).toEqual([Date.UTC(2026, 0, 31, 12), Date.UTC(2026, 0, 31, 12)])
  })

  it('is UTC in the source, on a machine in any zone', () => {
    const call = { timestamp: '2026-01-31T12:00:00', sentAt: '2026-01-31T12:00:03Z' }
    const script = `require('./source/enrich').enrich(${JSON.stringify(call)}, { receivedAt: new Date('2026-01-31T12:00:05Z') })`

    expect(evaluateIn('Asia/Kolkata', script)).toMatchObject({ timestamp: '2026-01-31T12:00:02.000Z' })
  })
})
