import { execFileSync } from 'node:child_process'
import path from 'node:path'
import dates from '../../../src/destinations/astrolabe/__tests__/fixtures/dates.json'

const BIN = path.join(__dirname, '../../../dist/cli/index.js')

const EVENTS = dates.map(({ given }) => ({ type: 'track', event: 'e', userId: 'u', timestamp: given }))

/** The timestamps that are sent from a machine in this zone. Node reads TZ when a process starts. */
function timestampsIn(zone: string): unknown[] {
  const output = execFileSync(process.execPath, [BIN, 'explain', '-', '--json'], {
    input: EVENTS.map((event) => JSON.stringify(event)).join('\n'),
    env: { TZ: zone },
    encoding: 'utf8'
  })
  return output
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as Explanation).trace.mappings[2].request.body.timestamp)
}

interface Explanation {
  trace: { mappings: { request: { body: { timestamp?: string } } }[] }
}

describe('every date', () => {
  it.each(['UTC', 'America/St_Johns', 'Asia/Kolkata', 'Europe/London', 'Pacific/Apia', 'Pacific/Honolulu'])(
    'means the same with TZ=%s',
    (zone) => {
      expect(timestampsIn(zone)).toEqual(dates.map(({ sent }) => sent))
    }
  )
})
