import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { exportTest } from '../../../scripts/upstream/test-files'

let project: string

beforeEach(() => {
  project = realpathSync(mkdtempSync(path.join(tmpdir(), 'project-')))
  for (const [file, code] of [
    ['src/index.ts', ''],
    ['src/ingest.ts', ''],
    ['src/track/index.ts', ''],
    ['fixtures/seed.json', '{}']
  ]) {
    mkdirSync(path.dirname(path.join(project, file)), { recursive: true })
    writeFileSync(path.join(project, file), code)
  }
})

afterEach(() => {
  rmSync(project, { recursive: true })
})

function exportCode(code: string, name = 'some.test.ts') {
  const file = path.join(project, 'tests', name)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, code)
  return exportTest(
    file,
    new Map([
      [path.join(project, 'src'), '..'],
      [path.join(project, 'fixtures'), './fixtures']
    ])
  )
}

describe('a test that is exported', () => {
  it.each([
    ["import destination from '../src'", "import destination from '../index'"],
    ["import track from '../src/track'", "import track from '../track/index'"],
    ["import { post } from '../src/ingest'", "import { post } from '../ingest'"],
    ["import type { Message } from '../src/ingest'", "import type { Message } from '../ingest'"],
    ["export { post } from '../src/ingest'", "export { post } from '../ingest'"],
    ["const late = import('../src/ingest')", "const late = import('../ingest')"],
    ["jest.mock('../src/ingest')", "jest.mock('../ingest')"],
    ["const folder = path.join(__dirname, '../fixtures')", "const folder = path.join(__dirname, './fixtures')"],
    ["import seed from '../fixtures/seed.json'", "import seed from './fixtures/seed.json'"],
    [
      "import { generateTestData } from '@segment/action-destinations/dist/lib/test-data'",
      "import { generateTestData } from '../../../lib/test-data'"
    ],
    ["import { readFileSync } from 'node:fs'", "import { readFileSync } from 'node:fs'"],
    ["import nock from 'nock'", "import nock from 'nock'"],
    ["const text = 'a ../src/ingest that is no path'", "const text = 'a ../src/ingest that is no path'"]
  ])('has %s as %s', async (before, after) => {
    expect(await exportCode(before)).toEqual({ code: `${after}\n` })
  })

  it('has the form that prettier gives it with shorter paths', async () => {
    const names = Array.from({ length: 9 }, (_value, n) => `message${n}`)
    const before = `import {\n${names.map((name) => `  ${name}`).join(',\n')}\n} from '../src/../src/ingest'\n`

    expect(await exportCode(before)).toEqual({ code: `import { ${names.join(', ')} } from '../ingest'\n` })
  })
})

describe('a test that stays', () => {
  it.each(['fast-check', '@segment/destination-subscriptions'])('needs %s', async (name) => {
    expect(await exportCode(`import thing from '${name}'`)).toEqual({
      leftOut: `it needs ${name}, which Segment's package of destinations does not declare`
    })
  })
})

describe('a test that would break over there', () => {
  it.each([
    [
      "import ky from 'ky'",
      "some.test.ts imports ky. Say in scripts/upstream whether Segment's package of destinations has it."
    ],
    [
      "const ky = require('ky')",
      "some.test.ts imports ky. Say in scripts/upstream whether Segment's package of destinations has it."
    ],
    [
      "import { run } from '../runtime/run'",
      "some.test.ts refers to ../runtime/run, which does not go to Segment's monorepo."
    ],
    [
      "import { endTimers } from './end-timers'",
      "some.test.ts refers to ./end-timers, which does not go to Segment's monorepo."
    ],
    [
      "const folder = path.join(__dirname, '..', 'fixtures')",
      "some.test.ts refers to .., which does not go to Segment's monorepo."
    ],
    [
      'const late = import(`../src/${name}`)',
      'The path `../src/…` is put together at run time, so that it cannot be rewritten.'
    ]
  ])('is refused: %s', async (code, message) => {
    await expect(exportCode(code)).rejects.toThrow(message)
  })

  it("is refused where it is none, which Segment's jest would take for one", async () => {
    await expect(exportCode('export const a = 1', 'end-timers.ts')).rejects.toThrow(
      "end-timers.ts is no test, but Segment's jest takes every module in __tests__ for one."
    )
  })
})
