import { Option } from 'commander'
import type { Command } from 'commander'
import { createRuntime } from '../../runtime/runtime'
import { deliverInputs } from './deliver-inputs'
import { findInputs, totalSize } from './inputs'
import { startProgress } from '../progress'
import type { Summary } from '../summary'
import { findTarget, startSandboxTarget } from '../target'
import { UsageError } from '../terminal'
import type { Terminal } from '../terminal'
import { createUndeliveredFile } from './undelivered-file'
import type { UndeliveredFile } from './undelivered-file'
import { wholeNumber } from '../whole-number'

interface DeliverOptions {
  apiKey?: string
  undelivered?: string
  retries: number
  json?: true
}

export function addDeliverCommand(program: Command, terminal: Terminal): void {
  program
    .command('deliver')
    .description('Deliver Segment events from files to Astrolabe.')
    .argument('<file...>', 'NDJSON, a JSON array or one JSON event, gzip or not; - reads standard input')
    .addOption(
      new Option('--api-key <key>', 'your Astrolabe API key; without one, events go to a sandbox in this process').env(
        'ASTROLABE_API_KEY'
      )
    )
    .option('--undelivered <file>', 'keep what was rejected or has failed in this new file, to be delivered again')
    .option('--retries <count>', 'how often to send an event again that Astrolabe could not take', wholeNumber(), 5)
    .option('--json', 'print the summary as one JSON object')
    .action((files: string[], options: DeliverOptions) => deliver(files, options, terminal))
}

async function deliver(files: string[], options: DeliverOptions, terminal: Terminal): Promise<void> {
  const { apiKey, json, retries } = options
  if (apiKey?.trim() === '') {
    // Not the sandbox: whoever names a key, and be it by an unset secret in CI, means Astrolabe.
    throw new UsageError('The API key is empty. Leave it out altogether to deliver to the sandbox.')
  }
  if (options.undelivered === '') {
    throw new UsageError('The name of the file for --undelivered is empty.')
  }
  const inputs = await findInputs(files, terminal.stdin)
  const target = apiKey ? await findTarget(apiKey) : await startSandboxTarget()
  const { definition, settings, url, isSandbox } = target
  let undelivered: UndeliveredFile | undefined
  try {
    undelivered = options.undelivered ? await createUndeliveredFile(options.undelivered) : undefined
    const notes = json ? terminal.stderr : terminal.stdout
    notes.write(
      isSandbox
        ? `No API key: delivering to the sandbox in this process (${url}), which forgets everything when it ends.\n`
        : `Delivering to ${url}\n`
    )
    const stop = new AbortController()
    void terminal.untilStopped().then(() => stop.abort())
    const runtime = createRuntime({ definition, settings, retry: { retries } })
    const progress = startProgress(terminal.stderr, totalSize(inputs))
    const summary = await deliverInputs({
      inputs,
      runtime: { deliver: (event, given) => runtime.deliver(event, { ...given, signal: stop.signal }) },
      undelivered,
      progress,
      stop: stop.signal,
      onRetry: (place, reason) => {
        if (!json) {
          progress.note(`${place}: trying again. ${reason}`)
        }
      }
    })

    terminal.stdout.write(
      json ? `${JSON.stringify({ url, sandbox: isSandbox, ...summary.toJSON() })}\n` : `${summary.toString()}\n`
    )
    notes.write(
      whatNext(summary, options.undelivered, undelivered?.kept ?? 0)
        .map((line) => `\n${line}\n`)
        .join('')
    )
    terminal.exitCode = summary.undelivered > 0 || summary.stoppedAt ? 1 : 0
  } finally {
    await undelivered?.close()
    await target.close()
  }
}

/** What the user should know and do after a run in which not everything arrived. */
function whatNext(summary: Summary, path: string | undefined, kept: number): string[] {
  const { undelivered, unkeepable, hasReadOn, stoppedAt, resumeAt } = summary
  return [
    undelivered > 0 && !path
      ? 'Add --undelivered FILE to keep what did not arrive, and deliver that file once the reason is gone.'
      : '',
    kept > 0 ? `${kept} of what did not arrive is in ${path}: deliver that file once the reason is gone.` : '',
    path && unkeepable > 0
      ? `${unkeepable} could not be kept, as there is no whole line of it: see the reasons, and mend the input itself.`
      : '',
    stoppedAt ? `Stopped at ${stoppedAt} What follows was ${hasReadOn ? 'kept, and ' : ''}not delivered.` : '',
    resumeAt && !path ? `Once the reason is gone, deliver from ${resumeAt} on.` : ''
  ].filter(Boolean)
}
