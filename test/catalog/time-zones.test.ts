import { execFileSync } from 'node:child_process'
import path from 'node:path'

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
