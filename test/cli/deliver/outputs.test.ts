import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import v8 from 'node:v8'
import { temporaryFolder } from '../../temporary-folder'
import { runCommandLine } from '../command-line'

const file = temporaryFolder()

beforeEach(async () => {
  // Flags of V8 hold for the whole process, and so for the suites that follow.
  jest.spyOn(v8, 'setFlagsFromString').mockReturnValue()
  delete process.env.ASTROLABE_API_KEY
  delete process.env.ASTROLABE_INGEST_URL
  await mkdir(file('logs'))
  await symlink(file('logs'), file('link'))
  await writeFile(file('logs/events.ndjson'), '{"type":"track","event":"A","userId":"u1"}\n{"type":"track"}\n')
})

afterEach(() => jest.restoreAllMocks())

/** @param args where @ stands for the folder */
async function deliver(args: string) {
  return runCommandLine(['deliver', ...args.replaceAll('@', file('logs')).split(' ')])
}

describe('two files of a run that are the same', () => {
  it.each([
    ['--undelivered @/out --report @/./out', '--undelivered and --report name the same file: @/./out.'],
    ['--checkpoint @/out --undelivered @/./out', '--undelivered and --checkpoint name the same file: @/out.'],
    ['--report @/out --checkpoint @/out', '--checkpoint and --report name the same file: @/out.'],
    ['--report @/out --undelivered @/../link/out', '--undelivered and --report name the same file: @/out.'],
    ['--status @/out --report @/./out', '--report and --status name the same file: @/out.'],
    ['--status @/s --report @/s.new', '--report names @/s.new, which --status writes too. Name another file.'],
    [
      '--checkpoint @/c --undelivered @/c.new',
      '--undelivered names @/c.new, which --checkpoint writes too. Name another file.'
    ],
    [
      '--checkpoint @/c --report @/c.undelivered.ndjson',
      '--report names @/c.undelivered.ndjson, which --checkpoint writes too. Name another file.'
    ]
  ])('are wrong use: %s', async (options, message) => {
    const { stdout, stderr, exitCode } = await deliver(`${options} @/events.ndjson`)

    expect(stderr).toBe(`error: ${message.replaceAll('@', file('logs'))}\n`)
    expect([stdout, exitCode]).toEqual(['', 2])
    expect(await readdir(file('logs'))).toEqual(['events.ndjson'])
  })
})

describe('a file that a run reads and writes', () => {
  it.each([
    ['--undelivered @/events.ndjson @/../link/events.ndjson', '@/../link/events.ndjson', '--undelivered'],
    ['--checkpoint @/c @/c.new', '@/c.new', '--checkpoint'],
    ['--checkpoint @/c --mappings @/c.new @/events.ndjson', '@/c.new', '--checkpoint'],
    ['--checkpoint @/c @/c.undelivered.ndjson', '@/c.undelivered.ndjson', '--checkpoint']
  ])('is wrong use: %s', async (args, name, option) => {
    await writeFile(file('logs/c.new'), '{"type":"track"}\n')
    await writeFile(file('logs/c.undelivered.ndjson'), '{"type":"track"}\n')

    const { stderr, exitCode } = await deliver(args)

    const input = name.replace('@', file('logs'))
    expect(stderr).toBe(`error: The command reads ${input}, and ${option} writes it. Name another file.\n`)
    expect(exitCode).toBe(2)
    expect(await readFile(file('logs/c.new'), 'utf8')).toBe('{"type":"track"}\n')
  })
})

describe('the files of a run in a folder that it reads', () => {
  it('are left out, which it says, so that it can resume', async () => {
    const args = '--checkpoint @/h.cp --report @/../link/report --status @/status @'
    const first = await deliver(args)
    const second = await deliver(args)

    expect(first.stdout).toContain('read           2\n')
    expect(first.stdout).not.toContain('Left out')
    expect(second.stderr).toBe('Nothing is left: all 2 events are done.\n')
    expect(second.stdout).toContain(
      `\nLeft out, because this run writes it: ${['h.cp', 'h.cp.inputs', 'h.cp.undelivered.ndjson', 'report', 'status'].map((name) => file(`logs/${name}`)).join(', ')}.\n`
    )
    expect(second.exitCode).toBe(1)
  })

  it('are no reason to read nothing', async () => {
    await mkdir(file('empty'))
    await writeFile(file('empty/c'), '')

    const { stderr, exitCode } = await runCommandLine(['deliver', '--checkpoint', file('empty/c'), file('empty')])

    expect(stderr).toBe(`error: The run writes all files that it finds: ${file('empty/c')}.\n`)
    expect(exitCode).toBe(2)
  })
})
