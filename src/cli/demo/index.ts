import { createReadStream } from 'node:fs'
import type { SegmentEvent } from '@segment/actions-core'
import type { Command } from 'commander'
import { readEvents } from '../../runtime/read-events'
import { run } from '../../runtime/run'
import { createRuntime } from '../../runtime/runtime'
import { describeHoldings } from '../holdings'
import { EXAMPLE_EVENTS } from '../package-files'
import { Summary } from '../summary'
import { startSandboxTarget } from '../target'
import type { Terminal } from '../terminal'

export function addDemoCommand(program: Command, terminal: Terminal): void {
  program
    .command('demo')
    .description('Deliver the example events to a sandbox in this process, and show what Astrolabe then holds.')
    .action(() => demo(terminal))
}

async function demo(terminal: Terminal): Promise<void> {
  const { stdout } = terminal
  const target = await startSandboxTarget()
  try {
    stdout.write(`Delivering examples/events.ndjson to a sandbox of Astrolabe in this process (${target.url})\n\n`)
    const summary = new Summary()
    for await (const fate of run(readEvents(createReadStream(EXAMPLE_EVENTS)), createRuntime(target))) {
      summary.add('examples/events.ndjson', fate)
      stdout.write(`${String(fate.line).padStart(2)}  ${fate.outcome.padEnd(14)} ${describeCall(fate.raw)}\n`)
    }
    stdout.write(`\n${summary.toString()}\n\n${await describeHoldings(target)}\n`)
    terminal.exitCode = summary.undelivered > 0 ? 1 : 0
  } finally {
    await target.close()
  }
}

/** The examples are events of this repository, without a real person in them, so they may be shown. */
function describeCall(raw: string): string {
  const { type, event, groupId, userId, anonymousId } = JSON.parse(raw) as SegmentEvent
  return [type.padEnd(8), event ?? groupId, userId ?? anonymousId].filter(Boolean).join('  ')
}
