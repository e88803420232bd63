import packageJson from '../../package.json'
import { createRuntime } from '../../src/runtime/runtime'
import { runCommandLine } from './command-line'

jest.mock('../../src/runtime/runtime', () => {
  const runtime = jest.requireActual<typeof import('../../src/runtime/runtime')>('../../src/runtime/runtime')
  return { ...runtime, createRuntime: jest.fn(runtime.createRuntime) }
})

describe('astrolabe-segment', () => {
  it('explains itself with --help', async () => {
    const { stdout, stderr, exitCode } = await runCommandLine(['--help'])

    expect(stdout).toMatch(/^Usage: astrolabe-segment \[options\] \[command\]\n/)
    expect(stdout.match(/^ {2}(deliver|explain|console|sandbox|check|demo)\b/gm)).toEqual([
      '  deliver',
      '  explain',
      '  console',
      '  sandbox',
      '  check',
      '  demo'
    ])
    expect(stderr).toBe('')
    expect(exitCode).toBe(0)
  })

  it.each(['deliver', 'explain', 'console', 'sandbox', 'check', 'demo'])('explains %s with --help', async (command) => {
    const { stdout, exitCode } = await runCommandLine([command, '--help'])

    expect(stdout).toMatch(new RegExp(`^Usage: astrolabe-segment ${command} \\[options\\]`))
    expect(exitCode).toBe(0)
  })

  it.each([
    ['of the terminal', 120, [81, 120]],
    ['of 80 columns otherwise', undefined, [61, 80]]
  ])('explains itself in the width %s', async (_width, columns, [least, most]) => {
    const { stdout } = await runCommandLine(['deliver', '--help'], { columns })
    const longest = Math.max(...stdout.split('\n').map((line) => line.length))

    expect(longest).toBeGreaterThanOrEqual(least)
    expect(longest).toBeLessThanOrEqual(most)
  })

  it('does not show a key that the environment holds', async () => {
    process.env.ASTROLABE_API_KEY = 'fake-api-key'

    const { stdout } = await runCommandLine(['deliver', '--help'])
    delete process.env.ASTROLABE_API_KEY

    expect(stdout).toContain('ASTROLABE_API_KEY')
    expect(stdout).not.toContain('fake-api-key')
  })

  it('says its version', async () => {
    expect(await runCommandLine(['--version'])).toEqual({
      stdout: `${packageJson.version}\n`,
      stderr: '',
      exitCode: 0
    })
  })

  it('takes no command for wrong use, and shows what there is', async () => {
    const { stdout, stderr, exitCode } = await runCommandLine([])

    expect(stderr).toMatch(/^Usage: astrolabe-segment/)
    expect(stdout).toBe('')
    expect(exitCode).toBe(2)
  })

  it('takes an unknown command for wrong use', async () => {
    const { stderr, exitCode } = await runCommandLine(['send'])

    expect(stderr).toBe("error: unknown command 'send'\n(add --help for usage)\n")
    expect(exitCode).toBe(2)
  })

  it('lets an error of its own through', async () => {
    jest.mocked(createRuntime).mockImplementationOnce(() => {
      throw new Error('a bug')
    })

    await expect(runCommandLine(['demo'])).rejects.toThrow('a bug')
  })
})
