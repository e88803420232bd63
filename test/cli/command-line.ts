import { PassThrough, Readable } from 'node:stream'
import { main } from '../../src/cli/main'
import type { Streams } from '../../src/cli/terminal'

export interface CommandLineResult {
  stdout: string
  stderr: string
  exitCode: Streams['exitCode']
}

interface Surroundings extends Partial<Pick<Streams, 'untilStopped' | 'exit'>> {
  /** What is on standard input: a text and its end, or a stream as it is. */
  stdin?: string | Readable
  /** Whether standard input and standard error are a terminal. */
  isTTY?: boolean
  /** The width of standard output, if it is a terminal. */
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
  const terminal: Streams = {
    stdin: Object.assign(input, { isTTY }),
    stdout: Object.assign(stdout, { columns }),
    stderr: Object.assign(stderr, { isTTY }),
    untilStopped,
    exit
  }

  await main(args, terminal)

  return { stdout: read(stdout), stderr: read(stderr), exitCode: terminal.exitCode }
}

function read(stream: PassThrough): string {
  return String(stream.read() ?? '')
}
