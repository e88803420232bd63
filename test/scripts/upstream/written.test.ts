import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { commitAll, createStandIn, uncommitted } from '../../upstream/stand-in'
import { contents, FOLDER, runUpstream } from './run-upstream'

const DESTINATION = path.join(__dirname, '../../../src/destinations/astrolabe')
const FIXTURES = path.join(__dirname, '../../fixtures')

let checkout: string

beforeEach(() => {
  checkout = createStandIn()
})

afterEach(() => {
  rmSync(checkout, { recursive: true })
})

const exported = (file: string) => path.join(checkout, FOLDER, file)

describe('what is written', () => {
  it('holds the destination and its fixtures, byte for byte', async () => {
    expect(await runUpstream(checkout)).toMatchObject({ exitCode: 0, stderr: '' })

    const written = Object.entries(contents(exported('.')))
    const folder = written.filter(([file]) => !file.startsWith('__tests__/'))
    expect(Object.fromEntries(folder)).toEqual(contents(DESTINATION))
    expect(contents(exported('__tests__/fixtures'))).toEqual(contents(FIXTURES))
  })

  it('holds the tests that run there, and none that needs a package which is not there', async () => {
    const { stdout } = await runUpstream(checkout)

    expect(Object.keys(contents(exported('__tests__'))).filter((file) => !file.startsWith('fixtures/'))).toEqual([
      '__snapshots__/snapshot.test.ts.snap',
      'answers-over-sockets.test.ts',
      'api-key.test.ts',
      'authentication.test.ts',
      'fixtures.test.ts',
      'mapping.test.ts',
      'presets.test.ts',
      'snapshot.test.ts'
    ])
    expect(stdout).toContain(`
Tests that stay here:
  properties.test.ts: it needs fast-check, which Segment's package of destinations does not declare
  request-url.test.ts: it needs fast-check, which Segment's package of destinations does not declare
  triggers.test.ts: it needs @segment/destination-subscriptions, which Segment's package of destinations does not declare
`)
  })

  it('lies in one folder: everything else is as it was', async () => {
    const before = contents(checkout)
    writeFileSync(path.join(checkout, 'tsconfig.json'), '{}')

    await runUpstream(checkout)

    const after = Object.entries(contents(checkout)).filter(([file]) => !file.startsWith(`${FOLDER}/`))
    expect(Object.fromEntries(after)).toEqual({ ...before, 'tsconfig.json': Buffer.from('{}').toString('base64') })
  })

  it('is found by a relative path from where the user is', async () => {
    expect(await runUpstream(path.basename(checkout))).toMatchObject({ exitCode: 0 })

    expect(existsSync(exported('index.ts'))).toBe(true)
  })
})

describe('another run', () => {
  it('changes nothing, before a commit and after it', async () => {
    await runUpstream(checkout)
    const first = contents(checkout)

    expect(await runUpstream(checkout)).toMatchObject({ exitCode: 0, stderr: '' })
    expect(contents(checkout)).toEqual(first)

    commitAll(checkout)
    expect(await runUpstream(checkout)).toMatchObject({ exitCode: 0, stderr: '' })
    expect(uncommitted(checkout)).toEqual([])
  })

  it("leaves git's own files alone", async () => {
    await runUpstream(checkout)
    commitAll(checkout)
    await runUpstream(checkout)
    const index = readFileSync(path.join(checkout, '.git/index'))

    await runUpstream(checkout)

    expect(readFileSync(path.join(checkout, '.git/index'))).toEqual(index)
  })

  it('is not led to another repository by what a git hook sets', async () => {
    process.env.GIT_DIR = path.join(checkout, 'missing')
    try {
      expect(await runUpstream(checkout)).toMatchObject({ exitCode: 0, stderr: '' })
    } finally {
      delete process.env.GIT_DIR
    }
  })

  it('brings a committed folder up to date, and removes what no longer belongs there', async () => {
    await runUpstream(checkout)
    const wanted = contents(checkout)
    writeFileSync(exported('ingest.ts'), '// An older version.')
    mkdirSync(exported('alias'))
    writeFileSync(exported('alias/index.ts'), '// An action that was.')
    commitAll(checkout)

    await runUpstream(checkout)
    expect(contents(checkout)).toEqual(wanted)

    expect(await runUpstream(checkout)).toMatchObject({ exitCode: 0 })
    expect(uncommitted(checkout)).toEqual([` D ${FOLDER}/alias/index.ts`, ` M ${FOLDER}/ingest.ts`])
  })

  it('replaces a link in place of the folder, and leaves alone where it leads', async () => {
    mkdirSync(path.join(checkout, 'elsewhere'))
    writeFileSync(path.join(checkout, 'elsewhere/index.ts'), '// Mine.')
    symlinkSync(path.join(checkout, 'elsewhere'), path.join(checkout, FOLDER))
    commitAll(checkout)

    expect(await runUpstream(checkout)).toMatchObject({ exitCode: 0 })

    expect(contents(path.join(checkout, 'elsewhere'))).toEqual({
      'index.ts': Buffer.from('// Mine.').toString('base64')
    })
    expect(contents(exported('.'))).toMatchObject(contents(DESTINATION))
  })
})
