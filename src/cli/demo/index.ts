import { createReadStream } from 'node:fs'
import type { SegmentEvent } from '@segment/actions-core'
import type { Command } from 'commander'
import { createKeysOf } from '../../catalog'
import { Delivery } from '../../delivery/delivery'
import type { EventResult } from '../../delivery/result'
import { createRuntime, RETRIES } from '../../runtime'
import { painter } from '../color'
import type { Paint } from '../color'
import { EXAMPLE_EVENTS } from '../package-files'
import { describeSandbox } from '../sandbox-contents'
import { colorOf, describeSummary } from '../summary'
import { startSandboxTarget } from '../target'
import { columnsOf } from '../terminal'
import type { Terminal } from '../terminal'

const NAME = 'examples/events.ndjson'

export function addDemoCommand(program: Command, terminal: Terminal): void {
  program
    .command('demo')
    .description('Deliver the example events to a sandbox in this process, and show the resulting records.')
    .action(() => demo(terminal))
}

async function demo(terminal: Terminal): Promise<void> {
  const { stdout } = terminal
  const paint = painter(stdout)
  const target = await startSandboxTarget()
  try {
    stdout.write(`Delivering ${NAME} to a sandbox of Astrolabe in this process (${target.url})\n\n`)
    const results: EventResult[] = []
    const runtime = createRuntime(target)
    const delivery = await Delivery.open({
      inputs: [{ name: NAME, open: () => createReadStream(EXAMPLE_EVENTS) }],
      runtime,
      keysOf: createKeysOf(runtime.mappings),
      concurrency: 1,
      retries: RETRIES,
      notify: (notice) => {
        if (notice.kind === 'settled') {
          results.push(notice.result)
        }
      }
    })
    const summary = await delivery.deliver()
    results.sort((a, b) => a.line - b.line)
    stdout.write(results.map((result) => `${describeResult(result, paint)}\n`).join(''))
    stdout.write(`\n${describeSummary(summary, paint)}\n\n${await describeSandbox(target, columnsOf(stdout))}\n`)
    stdout.write('\nNext, walk the same steps in a browser:\n  npx astrolabe-segment console\n')
    terminal.exitCode = summary.tally.undelivered > 0 ? 1 : 0
  } finally {
    await target.close()
  }
}

/** The examples are events of this repository, without a real person in them, so they may be shown. */
function describeResult({ line, outcome, raw }: EventResult, paint: Paint): string {
  const { type, event, groupId, userId, anonymousId } = JSON.parse(String(raw)) as SegmentEvent
  const call = [type.padEnd(8), event ?? groupId, userId ?? anonymousId].filter(Boolean).join('  ')
  return `${String(line).padStart(2)}  ${paint(colorOf(outcome), outcome.padEnd(14))} ${call}`
}
