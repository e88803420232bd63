import { Command, CommanderError } from 'commander'
import { addCheckCommand } from './check'
import { addConsoleCommand } from './console'
import { addDeliverCommand } from './deliver'
import { withBatchSize } from './deliver/command'
import { DEFAULT_BATCH_SIZE } from './deliver/options'
import { addDemoCommand } from './demo'
import { addExplainCommand } from './explain'
import { packageJson } from './package-files'
import { addSandboxCommand } from './sandbox'
import { columnsOf, CommandError, terminalOf } from './terminal'
import type { Streams } from './terminal'

/** Runs the command line. Exit codes: 0 done; 1 an event was not delivered, or a rule failed; 2 wrong use; 70 crash. `deliver` has more. */
export async function main(args: string[], streams: Streams): Promise<void> {
  const terminal = terminalOf(streams)
  const program = new Command('astrolabe-segment')
    .description(
      "Run Astrolabe's destination for Segment on this machine: see which events arrive, and why others don't."
    )
    .version(packageJson().version)
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      getOutHelpWidth: () => columnsOf(terminal.stdout),
      getErrHelpWidth: () => columnsOf(terminal.stderr)
    })
    .showHelpAfterError('(add --help for usage)')
    .exitOverride()
  addDeliverCommand(program, terminal)
  addExplainCommand(program, terminal)
  addConsoleCommand(program, terminal)
  addSandboxCommand(program, terminal)
  addCheckCommand(program, terminal)
  addDemoCommand(program, terminal)

  try {
    await program.parseAsync(withBatchSize(args, DEFAULT_BATCH_SIZE), { from: 'user' })
  } catch (error) {
    if (error instanceof CommandError) {
      terminal.stderr.write(`error: ${error.message}\n`)
      terminal.exitCode = error.exitCode
    } else if (error instanceof CommanderError) {
      terminal.exitCode = error.exitCode === 0 ? 0 : 2
    } else {
      throw error
    }
  }
  streams.exitCode = terminal.exitCode
}
