import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { commitAll, git } from '../../upstream/stand-in'
import { contents, FOLDER, runUpstream, temporaryCheckout } from './run-upstream'

/** Exports the destination to a checkout and commits it. */
async function commitExport(checkout: string): Promise<void> {
  await runUpstream(checkout)
  writeFileSync(path.join(checkout, '.gitignore'), '*.log')
  commitAll(checkout)
}

describe('a folder with changes that are not committed', () => {
  const checkout = temporaryCheckout(commitExport)
  const exported = (file: string) => checkout(`${FOLDER}/${file}`)

  it.each<[string, string, () => void]>([
    ['an edited file', 'ingest.ts', () => writeFileSync(exported('ingest.ts'), '// Mine.')],
    ['a file of its own', 'mine.ts', () => writeFileSync(exported('mine.ts'), '// Mine.')],
    ['a file that git ignores', 'mine.log', () => writeFileSync(exported('mine.log'), 'Mine.')],
    ['a file that was removed', 'ingest.ts', () => rmSync(exported('ingest.ts'))],
    [
      'a file that was renamed',
      'ingest.ts',
      () => git(checkout(), 'mv', `${FOLDER}/ingest.ts`, `${FOLDER}/mine with space.ts`)
    ]
  ])('is rejected for %s, and stays as it is', async (_what, file, change) => {
    change()
    const before = contents(checkout())

    expect(await runUpstream(checkout())).toEqual({
      stdout: '',
      stderr: `error: ${FOLDER} has changes that are not committed, such as ${file}. Commit or revert them first.\n`,
      exitCode: 1
    })
    expect(contents(checkout())).toEqual(before)
  })
})

describe('an edit that git hides', () => {
  const checkout = temporaryCheckout(commitExport)

  it.each(['--assume-unchanged', '--skip-worktree'])('by %s is rejected, and stays as it is', async (flag) => {
    git(checkout(), 'update-index', flag, `${FOLDER}/ingest.ts`)
    writeFileSync(checkout(`${FOLDER}/ingest.ts`), '// Mine.')
    const before = contents(checkout())

    expect(await runUpstream(checkout())).toEqual({
      stdout: '',
      stderr: `error: git hides changes of ${FOLDER}/ingest.ts (assume-unchanged or skip-worktree). Run: git update-index --no-assume-unchanged --no-skip-worktree ${FOLDER}/ingest.ts\n`,
      exitCode: 1
    })
    expect(contents(checkout())).toEqual(before)
  })
})

describe('a directory that is not the repository', () => {
  const checkout = temporaryCheckout()
  let other: string

  beforeEach(() => {
    other = mkdtempSync(path.join(tmpdir(), 'other-'))
  })

  afterEach(() => {
    rmSync(other, { recursive: true })
  })

  it('is rejected if it does not exist', async () => {
    expect(await runUpstream(path.join(other, 'missing'))).toEqual({
      stdout: '',
      stderr: `error: ${path.join(other, 'missing')} does not exist.\n`,
      exitCode: 1
    })
  })

  it.each([
    ['nothing', () => undefined],
    ['a package of another name', () => writeFileSync(path.join(other, 'package.json'), '{"name":"other"}')],
    ['only its package.json', () => writeFileSync(path.join(other, 'package.json'), '{"name":"action-destinations"}')]
  ])('is rejected if it contains %s', async (_what, fill) => {
    fill()
    git(other, 'init', '--quiet')

    expect(await runUpstream(other)).toEqual({
      stdout: '',
      stderr: `error: ${other} is not a checkout of segmentio/action-destinations.\n`,
      exitCode: 1
    })
  })

  it('is rejected if it is not a git repository', async () => {
    cpSync(checkout(), other, { recursive: true })
    rmSync(path.join(other, '.git'), { recursive: true })

    const { stderr, exitCode } = await runUpstream(other)

    expect(stderr).toBe(
      `error: git can't read ${other}: fatal: not a git repository (or any of the parent directories): .git\n`
    )
    expect(exitCode).toBe(1)
    expect(existsSync(path.join(other, FOLDER))).toBe(false)
  })

  it('is rejected if it is a copy inside another repository', async () => {
    const copy = path.join(other, 'copy')
    cpSync(checkout(), copy, { recursive: true })
    rmSync(path.join(copy, '.git'), { recursive: true })
    git(other, 'init', '--quiet')

    const { stderr, exitCode } = await runUpstream(copy)

    expect(stderr).toMatch(/^error: \S+ is not the root of its git repository, \S+, or a link leads out of it\.\n$/)
    expect(exitCode).toBe(1)
    expect(existsSync(path.join(copy, FOLDER))).toBe(false)
  })
})
