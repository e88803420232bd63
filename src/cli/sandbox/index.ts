import { InvalidArgumentError } from 'commander'
import type { Command } from 'commander'
import { PortUnavailableError } from '../../loopback/listen'
import type { Fault } from '../../sandbox/faults/registry'
import { describeFaults, faultSpec, parseFault } from '../../sandbox/faults/spec'
import { startSandbox } from '../../sandbox/start'
import type { Workspace } from '../../sandbox/workspace/workspace'
import { keepCertificate } from './certificate-file'
import { UsageError } from '../terminal'
import type { Terminal } from '../terminal'
import { wholeNumber } from '../whole-number'

interface SandboxOptions {
  port: number
  keep: number
  batch: boolean
  fault?: Fault[]
}

export function addSandboxCommand(program: Command, terminal: Terminal): void {
  program
    .command('sandbox')
    .description('Serve a local Astrolabe with its ingest API until stopped with Ctrl+C.')
    .option('--port <port>', 'the port on 127.0.0.1; 0 chooses a free one', wholeNumber(0, 65535), 4010)
    .option(
      '--keep <count>',
      'how many Users, Accounts, events and message IDs to keep of each, the newest ones',
      wholeNumber(1, 10_000_000),
      100_000
    )
    .option('--no-batch', 'leave out the batch endpoint, which is assumed')
    .option('--fault <spec>', 'fail in one of the ways below; may be given more than once', addFault)
    .addHelpText(
      'after',
      `
Faults (a message or batch meets the first one whose times are not used up):
${describeFaults()}

For example: --fault status=503,body=html,times=2 --fault reset=after,times=1`
    )
    .action((options: SandboxOptions) => serve(options, terminal))
}

async function serve({ port, keep, batch, fault: faults = [] }: SandboxOptions, terminal: Terminal): Promise<void> {
  const { stdout, untilStopped } = terminal
  const { url, apiKey, certificateAuthority, workspace, close } = await startSandbox({
    port,
    keep,
    batch,
    faults,
    docs: true,
    onFault: (fault, { method, url: path }) => stdout.write(`${method} ${path} met ${faultSpec(fault)}\n`)
  }).catch((error: Error) => {
    throw error instanceof PortUnavailableError
      ? new UsageError(`${error.message} Choose another with --port.`, { cause: error })
      : error
  })
  const certificate = certificateAuthority ? await keepCertificate(certificateAuthority) : undefined
  const stopped = untilStopped()
  const trust = certificate ? ` NODE_EXTRA_CA_CERTS=${certificate.path}` : ''
  const trustForCurl = certificate ? ` --cacert ${certificate.path}` : ''
  stdout.write(`Astrolabe's sandbox serves ${url}
${faults.length > 0 ? `Its faults: ${faults.map(faultSpec).join(', then ')}\n` : ''}
Deliver events to it:
  export ASTROLABE_INGEST_URL=${url} ASTROLABE_API_KEY=${apiKey}${trust}
  npx astrolabe-segment deliver examples/events.ndjson

List its users, accounts or events:
  curl -u ${apiKey}:${trustForCurl} ${url}/users

Read its contract in a browser:
  ${new URL('/docs', url).href}

Stop it with Ctrl+C. It then forgets everything.
`)
  const end = workspace.onChange(() => {
    if (totalOf(workspace.dropped) > 0) {
      end()
      stdout.write(`The limit of --keep ${format(keep)} is reached. From now on the oldest records are dropped.\n`)
    }
  })
  await stopped
  await close()
  if (totalOf(workspace.dropped) > 0) {
    stdout.write(describeDropped(workspace.dropped))
  }
  await certificate?.remove()
}

function totalOf(dropped: Workspace['dropped']): number {
  return Object.values(dropped).reduce((total, count) => total + count, 0)
}

function describeDropped({ users, accounts, events, messageIds }: Workspace['dropped']): string {
  return `Dropped: ${format(users)} Users, ${format(accounts)} Accounts, ${format(events)} events, ${format(messageIds)} message IDs.
A message whose ID was dropped counts again if it is sent again.
`
}

function format(count: number): string {
  return count.toLocaleString('en-US')
}

function addFault(spec: string, faults: Fault[] = []): Fault[] {
  try {
    return [...faults, parseFault(spec)]
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message)
  }
}
