import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import dates from '../../../src/destinations/astrolabe/__tests__/fixtures/dates.json'

const MODULE = path.join(__dirname, '../../../src/destinations/astrolabe/timestamp.ts')

/** Node reads TZ when a process starts, so each zone needs its own. */
function convertIn(zone: string): unknown {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2020 }
  const { outputText } = ts.transpileModule(readFileSync(MODULE, 'utf8'), { compilerOptions })
  const given = JSON.stringify(dates.map((date) => date.given))
  const script = `${outputText}\nconsole.log(JSON.stringify(${given}.map(isoTimestamp)))`
  const output = execFileSync(process.execPath, ['-e', script], { env: { TZ: zone }, encoding: 'utf8' })
  return JSON.parse(output)
}

describe('every date', () => {
  it.each(['UTC', 'America/St_Johns', 'Asia/Kolkata', 'Europe/London', 'Pacific/Apia', 'Pacific/Honolulu'])(
    'means the same with TZ=%s',
    (zone) => {
      expect(convertIn(zone)).toEqual(dates.map(({ sent }) => sent))
    }
  )
})
