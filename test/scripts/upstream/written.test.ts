import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { commitAll, uncommitted } from '../../upstream/stand-in'
import { contents, FOLDER, runUpstream, temporaryCheckout } from './run-upstream'

const DESTINATION = path.join(__dirname, '../../../src/destinations/astrolabe')

const checkout = temporaryCheckout()

const exported = (file: string) => checkout(`${FOLDER}/${file}`)

describe('what is written', () => {
  it('is the destination with its tests, byte for byte', async () => {
    expect(await runUpstream(checkout())).toMatchObject({ exitCode: 0, stderr: '' })

    expect(contents(exported('.'))).toEqual(contents(DESTINATION))
  })

  it('lies in one folder: everything else is as it was', async () => {
    const before = contents(checkout())
    writeFileSync(checkout('tsconfig.json'), '{}')

    await runUpstream(checkout())

    const after = Object.entries(contents(checkout())).filter(([file]) => !file.startsWith(`${FOLDER}/`))
    expect(Object.fromEntries(after)).toEqual({ ...before, 'tsconfig.json': Buffer.from('{}').toString('base64') })
  })

  it('is found by a relative path from where the user is', async () => {
    expect(await runUpstream(path.basename(checkout()))).toMatchObject({ exitCode: 0 })

    expect(existsSync(exported('index.ts'))).toBe(true)
  })
})

describe('another run', () => {
  it('changes nothing, before a commit and after it', async () => {
    await runUpstream(checkout())
    const first = contents(checkout())

    expect(await runUpstream(checkout())).toMatchObject({ exitCode: 0, stderr: '' })
    expect(contents(checkout())).toEqual(first)

    commitAll(checkout())
    expect(await runUpstream(checkout())).toMatchObject({ exitCode: 0, stderr: '' })
    expect(uncommitted(checkout())).toEqual([])
  })

  it("leaves git's own files alone", async () => {
    await runUpstream(checkout())
    commitAll(checkout())
    await runUpstream(checkout())
    const index = readFileSync(checkout('.git/index'))

    await runUpstream(checkout())

    expect(readFileSync(checkout('.git/index'))).toEqual(index)
  })

  it('is not led to another repository by what a git hook sets', async () => {
    process.env.GIT_DIR = checkout('missing')
    try {
      expect(await runUpstream(checkout())).toMatchObject({ exitCode: 0, stderr: '' })
    } finally {
      delete process.env.GIT_DIR
    }
  })

  it('brings a committed folder up to date, and removes what no longer belongs there', async () => {
    await runUpstream(checkout())
    const wanted = contents(checkout())
    writeFileSync(exported('ingest.ts'), '// An older version.')
    mkdirSync(exported('alias'))
    writeFileSync(exported('alias/index.ts'), '// An action that was.')
    commitAll(checkout())

    await runUpstream(checkout())
    expect(contents(checkout())).toEqual(wanted)

    expect(await runUpstream(checkout())).toMatchObject({ exitCode: 0 })
    expect(uncommitted(checkout())).toEqual([` D ${FOLDER}/alias/index.ts`, ` M ${FOLDER}/ingest.ts`])
  })

  it('replaces links to folders and files, and leaves their targets unchanged', async () => {
    await runUpstream(checkout())
    mkdirSync(checkout('elsewhere'))
    writeFileSync(checkout('elsewhere/index.ts'), '// Mine.')
    rmSync(exported('group'), { recursive: true })
    symlinkSync(checkout('elsewhere'), exported('group'))
    rmSync(exported('ingest.ts'))
    symlinkSync(checkout('elsewhere/index.ts'), exported('ingest.ts'))
    commitAll(checkout())

    expect(await runUpstream(checkout())).toMatchObject({ exitCode: 0, stderr: '' })

    expect(readFileSync(checkout('elsewhere/index.ts'), 'utf8')).toBe('// Mine.')
    expect(contents(exported('.'))).toEqual(contents(DESTINATION))
  })

  it('replaces a folder that has the name of a file', async () => {
    mkdirSync(exported('ingest.ts'), { recursive: true })
    writeFileSync(exported('ingest.ts/index.ts'), '// An older layout.')
    commitAll(checkout())

    expect(await runUpstream(checkout())).toMatchObject({ exitCode: 0, stderr: '' })

    expect(contents(exported('.'))).toEqual(contents(DESTINATION))
  })

  it('replaces a link that has the name of the whole folder, and leaves its target unchanged', async () => {
    mkdirSync(checkout('elsewhere'))
    writeFileSync(checkout('elsewhere/index.ts'), '// Mine.')
    symlinkSync(checkout('elsewhere'), checkout(FOLDER))
    commitAll(checkout())

    expect(await runUpstream(checkout())).toMatchObject({ exitCode: 0 })

    expect(contents(checkout('elsewhere'))).toEqual({
      'index.ts': Buffer.from('// Mine.').toString('base64')
    })
    expect(contents(exported('.'))).toEqual(contents(DESTINATION))
  })
})
