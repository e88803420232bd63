import { PassThrough, Readable } from 'node:stream'
import type { Terminal } from '../../src/cli/terminal'

export interface CommandLineResult {
  stdout: string
  stderr: string
  exitCode: Terminal['exitCode']
}

interface Surroundings extends Partial<Pick<Terminal, 'untilStopped' | 'exit'>> {
  /** What is on standard input: a text and its end, or a stream as it is. */
  stdin?: string | Readable
  /** Whether standard input and standard error are a terminal. */
  isTTY?: boolean
  /** The width of standard output, where it is a terminal. */
  columns?: number
}

/** Runs the command line in this process. */
export async function runCommandLine(
  args: string[],
  {
    stdin = '',
    isTTY = false,
    columns,
    untilStopped = () => new Promise(() => undefined),
    exit = () => undefined
  }: Surroundings = {}
): Promise<CommandLineResult> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const input = typeof stdin === 'string' ? Readable.from([Buffer.from(stdin)]) : stdin
  const terminal: Terminal = {
    stdin: Object.assign(input, { isTTY }),
    stdout: Object.assign(stdout, { columns }),
    stderr: Object.assign(stderr, { isTTY }),
    untilStopped,
    exit
  }

  // Loaded late, so that `runReloadedCommandLine` can load it again.
  const { main } = await import('../../src/cli/main')
  await main(args, terminal)

  return { stdout: read(stdout), stderr: read(stderr), exitCode: terminal.exitCode }
}

/** The same, with all modules loaded anew: for a test that replaces one of them with `jest.doMock`. */
export async function runReloadedCommandLine(...args: Parameters<typeof runCommandLine>): Promise<CommandLineResult> {
  const results: CommandLineResult[] = []
  await jest.isolateModulesAsync(async () => {
    results.push(await runCommandLine(...args))
  })
  return results[0]
}

function read(stream: PassThrough): string {
  return String(stream.read() ?? '')
}
