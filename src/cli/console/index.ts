import type { Command } from 'commander'
import { buildConsole } from '../../console/server/build'
import { listenOnLoopback, PortUnavailableError } from '../../loopback/listen'
import { packageVersion } from '../package-files'
import { UsageError } from '../terminal'
import type { Terminal } from '../terminal'
import { wholeNumber } from '../whole-number'

interface ConsoleCommandOptions {
  port: number
  batch: boolean
  keep: number
  ready?: true
  open?: true
}

export function addConsoleCommand(program: Command, terminal: Terminal): void {
  program
    .command('console')
    .description('Serve a local Segment and a local Astrolabe with pages in the browser, until stopped with Ctrl+C.')
    .option('--port <port>', 'the port on 127.0.0.1; 0 chooses a free one', wholeNumber(0, 65535), 4020)
    .option('--ready', 'start with all steps of the guide done and fixed keys')
    .option('--open', 'open the pages in the browser')
    .option('--no-batch', 'leave out the batch endpoint, which is assumed')
    .option(
      '--keep <count>',
      'how many messages, Users, Accounts and events to keep',
      wholeNumber(1, 1_000_000),
      10_000
    )
    .action((options: ConsoleCommandOptions) => serve(options, terminal))
}

async function serve({ port, batch, keep }: ConsoleCommandOptions, { stdout, untilStopped }: Terminal): Promise<void> {
  const app = buildConsole({ batch, keep, version: packageVersion() })
  const origin = await listenOnLoopback(app, port).catch((error: unknown) => {
    throw error instanceof PortUnavailableError
      ? new UsageError(`${error.message} Choose another with --port.`, { cause: error })
      : error
  })
  const stopped = untilStopped()
  stdout.write(`${origin}\n`)
  await stopped
  await app.close()
}
