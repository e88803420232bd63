import { spawnSync } from 'node:child_process'
import fs, { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pullRequest, FOLDER, replaceFolder } from '../../scripts/upstream/pull-request'
import { commitAll, createStandIn, uncommitted } from '../upstream/stand-in'

const PROJECT = path.join(__dirname, '../..')
const DESTINATION = path.join(PROJECT, 'src/destinations/astrolabe')

let checkout: string

const inFolder = (file = '') => path.join(checkout, FOLDER, file)

beforeEach(() => {
  checkout = createStandIn()
})

afterEach(() => {
  rmSync(checkout, { recursive: true })
})

/** Everything below a folder by path. */
function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory())
  const paths = files.map(({ parentPath, name }) => path.join(parentPath, name)).sort()
  return Object.fromEntries(paths.map((file) => [path.relative(folder, file), readFileSync(file, 'base64')]))
}

describe('the command', () => {
  const run = (dir: string) =>
    spawnSync(process.execPath, ['--import', 'tsx', 'scripts/upstream/index.ts', dir], {
      cwd: PROJECT,
      env: { ...process.env, INIT_CWD: path.dirname(checkout) },
      encoding: 'utf8'
    })

  it('copies to a checkout beside the user, and says who registers the ID and how to undo', () => {
    const { status, stdout, stderr } = run(path.basename(checkout))

    expect([status, stderr]).toEqual([0, ''])
    expect(contents(inFolder())).toEqual(contents(DESTINATION))
    expect(stdout).toContain("  register('<the assigned ID>', './astrolabe')\n")
    const [, undo] = /^ {2}(git .*)$/m.exec(stdout) ?? []
    spawnSync(undo, { shell: true })
    expect([uncommitted(checkout), existsSync(inFolder())]).toEqual([[], false])
  })

  it('says in one sentence why it copied nothing', () => {
    const { status, stdout, stderr } = run('missing')

    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toBe(
      `error: ${path.join(checkout, '../missing')} is not a checkout of segmentio/action-destinations.\n`
    )
  })
})

describe('the folder', () => {
  it('is brought up to date, and everything else stays as it is', () => {
    mkdirSync(inFolder('alias'), { recursive: true })
    writeFileSync(inFolder('alias/index.ts'), '// An action that was.')
    writeFileSync(inFolder('ingest.ts'), '// An older version.')
    symlinkSync(path.join(checkout, 'packages'), inFolder('group'))
    commitAll(checkout)

    replaceFolder(checkout)

    expect(contents(inFolder())).toEqual(contents(DESTINATION))
    expect(uncommitted(checkout).filter((line) => !line.includes(FOLDER))).toEqual([])
  })

  it('does not change if it is up to date', () => {
    replaceFolder(checkout)
    commitAll(checkout)

    replaceFolder(checkout)

    expect(uncommitted(checkout)).toEqual([])
  })
})

describe('a copy that fails', () => {
  it('says how to undo the rest', () => {
    jest.spyOn(fs, 'cpSync').mockImplementationOnce(() => {
      throw new Error('ENOSPC: no space left on device')
    })

    expect(() => replaceFolder(checkout)).toThrow(
      `ENOSPC: no space left on device. To undo the rest, run: git -C "${checkout}" add --all && git -C "${checkout}" reset --hard`
    )
  })
})

describe('a checkout with uncommitted changes', () => {
  it.each<[string, string]>([
    ['an edited file', 'tsconfig.json'],
    ['a new file', 'mine.ts'],
    ['a file in the folder that git ignores', `${FOLDER}/coverage/mine.ts`]
  ])('is rejected for %s, and stays as it is', (_what, file) => {
    mkdirSync(path.dirname(path.join(checkout, file)), { recursive: true })
    writeFileSync(path.join(checkout, file), '// Mine.')
    const before = contents(checkout)

    expect(() => replaceFolder(checkout)).toThrow(
      `${checkout} has uncommitted changes, such as ${file.replace(/mine.ts$/, '')}`
    )
    expect(contents(checkout)).toEqual(before)
  })

  it('may have packages, which git ignores', () => {
    mkdirSync(path.join(checkout, 'node_modules'))
    writeFileSync(path.join(checkout, 'node_modules/index.js'), '')

    expect(() => replaceFolder(checkout)).not.toThrow()
  })
})

describe('a directory that is not a checkout', () => {
  it.each(['.git', path.dirname(FOLDER)])('is rejected without %s', (missing) => {
    rmSync(path.join(checkout, missing), { recursive: true })

    expect(() => replaceFolder(checkout)).toThrow(`${checkout} is not a checkout of segmentio/action-destinations.`)
  })

  it('is rejected if git can not read it', () => {
    writeFileSync(path.join(checkout, '.git/config'), '[broken')

    expect(() => replaceFolder(checkout)).toThrow(`git can't read ${checkout}: fatal: bad config`)
  })
})

describe('the text of the pull request', () => {
  const headings = (text: string) => text.match(/^#+ .*$/gm)

  it("has the headings of the checkout's template, and then its own, without prompts and gaps", () => {
    const text = pullRequest(checkout)

    expect(headings(text)).toEqual([
      '## Change Release Safety',
      '### Test Plan',
      '### Rollback Plan',
      '### A Heading of Next Year',
      '## Testing',
      '## Security Review',
      '## Deployment Plan',
      '## Verification Plan',
      '## Risk Mitigation'
    ])
    expect(text).toMatch(/^Adds a destination for \[Astrolabe\]/)
    expect(text).toContain('### Rollback Plan\n\nRevert the commit that registers the ID')
    expect(text).toContain('TypeScript 5.5.4, jest 27.5.1,')
    expect(text).toContain('The ID `64d2643196f4937712e54198` in')
    expect(text).not.toMatch(/<!--|tells\n|A prompt in italics|What was tested|[{}]{2}|undefined/)
  })

  it('ticks the tasks that are done, and no others', () => {
    expect(pullRequest(checkout).match(/^- \[.\] .*$/gm)).toEqual([
      '- [ ] A task of next year',
      '- [x] Added [unit tests](https://example.com/testing.md) for new functionality',
      '- [ ] [Segmenters] Tested in the staging environment',
      '- [x] **Reviewed all field definitions** for sensitive data'
    ])
  })

  it('is complete if the checkout has no template', () => {
    rmSync(path.join(checkout, '.github'), { recursive: true })

    expect(headings(pullRequest(checkout))).toContain('## Test Plan')
  })
})
