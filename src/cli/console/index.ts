import { setFlagsFromString } from 'node:v8'
import type { Command } from 'commander'
import { READY_API_KEY, READY_WRITE_KEY } from '../../console/server/starting-point'
import { listenOnLoopback } from '../../loopback/listen'
import { analyticsJsFolder, CONSOLE_PAGES, packageJson } from '../package-files'
import { addReachOptions, allowedHosts, describeReach, toListenError } from '../reach'
import type { Reach } from '../reach'
import type { Terminal } from '../terminal'
import { wholeNumber } from '../whole-number'
import { openBrowser } from './open-browser'

interface ConsoleCommandOptions extends Reach {
  port: number
  batch: boolean
  keep: number
  ready?: true
  open?: true
}

export function addConsoleCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command('console')
    .description('Serve a local Segment and a local Astrolabe with pages in the browser, until stopped with Ctrl+C.')
    .option('--port <port>', 'the port on 127.0.0.1; 0 chooses a free one', wholeNumber(0, 65535), 4020)
    .option('--ready', 'start with all steps of the guide done, always with the same keys')
    .option('--open', 'open the pages in the browser')
    .option('--no-batch', 'leave out the batch endpoint, which Astrolabe may not have')
    .option(
      '--keep <count>',
      'how many messages, Users, Accounts and events to keep, the newest ones',
      wholeNumber(1, 1_000_000),
      10_000
    )
  addReachOptions(command).action((options: ConsoleCommandOptions) => serve(options, terminal))
}

async function serve(options: ConsoleCommandOptions, { stdout, stderr, untilStopped }: Terminal): Promise<void> {
  const { port, host, batch, keep, ready, open } = options
  collectGarbageOften()
  // Only this command needs the server and its libraries.
  const { buildConsole } = await import('../../console/server/build')
  const app = buildConsole({
    batch,
    keep,
    start: ready ? 'ready' : 'guide',
    version: packageJson().version,
    pages: CONSOLE_PAGES,
    allowedHosts: allowedHosts(options),
    analyticsJs: analyticsJsFolder()
  })
  const origin = await listenOnLoopback(app, port, host).catch((error: unknown) => {
    throw toListenError(error)
  })
  const stopped = untilStopped()
  stderr.write(describeReach(options, origin))
  stdout.write(`The console runs at ${origin}

${ready ? nextSteps(origin) : firstSteps()}
It keeps everything in memory, up to ${keep} of each kind, and forgets it when it stops.
Stop it with Ctrl+C.
`)
  if (open) {
    await openBrowser(origin).catch(() => stderr.write(`No browser could be opened. Open ${origin} yourself.\n`))
  }
  await stopped
  await app.close()
}

/**
 * Lets V8's heap grow by 30 % before it is collected. By default it may grow to four times what is in use, because old
 * messages become garbage all the time: half a gigabyte under load, with as much CPU time.
 */
function collectGarbageOften(): void {
  setFlagsFromString('--heap-growing-percent=30')
}

function firstSteps(): string {
  return `Open it in a browser. The guide beside the pages leads through these steps:
  1. Astrolabe: add a connector and copy its API key
  2. Segment: add the Astrolabe destination and paste the key
  3. Send an event, and follow it to its User

To start with all of this done:
  npx astrolabe-segment console --ready
`
}

function nextSteps(origin: string): string {
  return `Send an event:
  curl -u ${READY_WRITE_KEY}: ${origin}/v1/identify \\
    -H 'content-type: application/json' \\
    -d '{"userId":"userId123","messageId":"first","traits":{"plan":"pro"}}'

Ask what became of it:
  curl '${origin}/api/messages/by-message-id/first?wait=10'

Write key of the source: ${READY_WRITE_KEY}
API key of the connector: ${READY_API_KEY}
`
}
