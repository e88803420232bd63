import { InvalidArgumentError } from 'commander'
import type { Command } from 'commander'
import type { Fault } from '../../sandbox/faults/registry'
import { describeFaults, parseFault } from '../../sandbox/faults/spec'
import { addReachOptions } from '../reach'
import type { Terminal } from '../terminal'
import { wholeNumber } from '../whole-number'
import { serve } from './serve'
import type { SandboxOptions } from './serve'

export function addSandboxCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command('sandbox')
    .description('Serve a local Astrolabe with its ingest API until stopped with Ctrl+C.')
    .option('--port <port>', 'the port on 127.0.0.1; 0 chooses a free one', wholeNumber(0, 65535), 4010)
    .option(
      '--keep <count>',
      'how many Users, Accounts, events and message IDs to keep of each, the newest ones',
      wholeNumber(1, 10_000_000),
      100_000
    )
    .option('--no-batch', 'leave out the batch endpoint, which Astrolabe may not have')
    .option('--fault <spec>', 'fail in one of the ways below; may be given more than once', addFault)
  addReachOptions(command)
    .addHelpText(
      'after',
      `
Faults (a message or batch meets the first one whose times are not used up):
${describeFaults()}

For example: --fault status=503,body=html,times=2 --fault reset=after,times=1`
    )
    .action((options: SandboxOptions) => serve(options, terminal))
}

function addFault(spec: string, faults: Fault[] = []): Fault[] {
  try {
    return [...faults, parseFault(spec)]
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message)
  }
}
