import { setFlagsFromString } from 'node:v8'
import type { Command } from 'commander'
import { CheckpointInUseError } from '../../delivery/checkpoint'
import { Delivery } from '../../delivery/delivery'
import type { DeliveryOptions, DeliverySummary } from '../../delivery/delivery'
import { painter } from '../color'
import { formatNumber } from '../format'
import { createMeter, showProgress } from '../progress'
import { describeSandbox } from '../sandbox-contents'
import { describeFilters, describeSummary, summaryToJson } from '../summary'
import type { Target } from '../target'
import { columnsOf, CommandError, CRASHED } from '../terminal'
import type { Terminal } from '../terminal'
import { argumentsOf } from './command'
import { describeDryRun } from './dry-run'
import { HEAP_FLAGS } from './heap'
import { nextSteps } from './next-steps'
import { createNotes, suggestCheckpoint, warnOfMissingFilters } from './notes'
import { addDeliverOptions } from './options'
import type { DeliverOptions } from './options'
import { planDelivery } from './plan'
import type { Plan } from './plan'
import { StatusFile } from './status'
import { exitCodeOf, toStartError } from './stop'

const EXIT_CODES = `
Exit codes:
  0   everything was delivered, filtered or not subscribed
  1   finished; some events were rejected or failed
  2   wrong use
  3   stopped; the same command continues (outage, Ctrl+C, full disk)
  4   stopped; a person must act first (key, address, certificate, changed
      inputs or options)
  70  crashed; the same command continues`

export function addDeliverCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command('deliver')
    .summary('Deliver Segment events to Astrolabe, from one event to years of archives.')
    .description(
      'Deliver Segment events to Astrolabe, from one event to years of archives.\n\n' +
        'With a key, events go to https://ingest.astrolabe.so/v1, or to the URL in ASTROLABE_INGEST_URL.\n\n' +
        'An event whose messageId Astrolabe has received before counts as delivered and changes nothing (assumed).'
    )
    .argument(
      '<path...>',
      'files of NDJSON, a JSON array or one event, gzip or not; folders; s3://bucket/prefix; - for standard input'
    )
  command.addHelpText('after', EXIT_CODES)
  addDeliverOptions(command).action((paths: string[], options: DeliverOptions) =>
    deliver(paths, options, argumentsOf(program), terminal)
  )
}

async function deliver(paths: string[], options: DeliverOptions, args: string[], terminal: Terminal): Promise<void> {
  HEAP_FLAGS.forEach((flag) => setFlagsFromString(flag))
  const plan = await planDelivery(paths, options, () => terminal.stdin)
  const { target, delivery, leftOut, warnings } = plan
  const notes = options.json ? terminal.stderr : terminal.stdout
  let status: StatusFile | undefined
  try {
    status = options.status === undefined ? undefined : await StatusFile.open(options.status, terminal.stderr)
    // A dry run sends nothing, so it waits for nothing.
    const unlimited = options.dryRun ? { ...delivery, rate: undefined } : delivery
    const { summary, elapsed, undelivered } = await run(
      { ...plan, delivery: unlimited },
      options,
      terminal,
      status,
      () => notes.write(`${[announce(target, options), ...describeLeftOut(leftOut), ...warnings].join('\n')}\n`)
    )
    await print(summary, plan, options, terminal)
    const steps = options.dryRun
      ? [describeDryRun(summary, elapsed, delivery)]
      : nextSteps(summary, args, { ...options, undelivered })
    notes.write(steps.map((step) => `\n${step}\n`).join(''))
    terminal.exitCode = exitCodeOf(summary)
    await status?.close(terminal.exitCode, summary.stopReason)
    if (summary.isAbandoned) {
      terminal.exit(terminal.exitCode)
    }
  } catch (error) {
    const isOfOtherRun = error instanceof CommandError && error.cause instanceof CheckpointInUseError
    if (!isOfOtherRun) {
      await status?.close(error instanceof CommandError ? error.exitCode : CRASHED)
    }
    throw error
  } finally {
    await target.close()
  }
}

async function run(
  { delivery: options, target, filters }: Plan,
  { json }: DeliverOptions,
  terminal: Terminal,
  status: StatusFile | undefined,
  announceStart: () => void
): Promise<{ summary: DeliverySummary; elapsed: number; undelivered?: string }> {
  const startedAt = performance.now()
  const isUnfiltered = !filters && !target.isSandbox
  const missingFilters = isUnfiltered ? warnOfMissingFilters(options) : undefined
  const noteOf = createNotes(isUnfiltered && !missingFilters)
  const delivery = await openDelivery({
    ...options,
    notify: (notice) => {
      if (notice.kind === 'comparing') {
        void status?.start()
      }
      const note = noteOf(notice)
      if (note && !json) {
        terminal.stderr.write(`${note}\n`)
      }
    }
  })
  announceStart()
  const suggestion = suggestCheckpoint(options)
  const read = createMeter(() => delivery.progress())
  status?.follow(read)
  await status?.start()
  const stopProgress = showProgress(terminal.stderr, read)
  for (const text of [describeResume(delivery), missingFilters, suggestion]) {
    if (text) {
      terminal.stderr.write(`${text}\n`)
    }
  }
  void terminal.untilStopped().then(() => {
    delivery.stop()
    void terminal.untilStopped().then(() => {
      stopProgress()
      terminal.exit(130)
    })
  })
  try {
    const summary = await delivery.deliver()
    const { undelivered } = delivery
    return { summary, elapsed: performance.now() - startedAt, undelivered }
  } finally {
    stopProgress()
  }
}

/** @throws CommandError for what the user can fix */
async function openDelivery(options: DeliveryOptions): Promise<Delivery> {
  return Delivery.open(options).catch((error: unknown) => {
    throw toStartError(error)
  })
}

async function print(
  summary: DeliverySummary,
  { target, filters }: Plan,
  { json, show, dryRun }: DeliverOptions,
  { stdout }: Terminal
): Promise<void> {
  if (json) {
    const { url, isSandbox } = target
    stdout.write(`${JSON.stringify({ url, sandbox: isSandbox, ...summaryToJson(summary, filters) })}\n`)
    return
  }
  stdout.write(`${describeSummary(summary, painter(stdout), dryRun ? 'would arrive' : undefined)}\n`)
  if (filters) {
    stdout.write(`\n${describeFilters(filters)}\n`)
  }
  if (show) {
    stdout.write(`\n${await describeSandbox(target, columnsOf(stdout))}\n`)
  }
}

function announce({ url, isSandbox }: Target, { dryRun }: DeliverOptions): string {
  if (dryRun) {
    return 'Dry run: nothing is sent.'
  }
  return isSandbox
    ? `No API key: delivering to the sandbox in this process (${url}), which forgets everything when it ends.`
    : `Delivering to ${url}`
}

function describeLeftOut(files: string[]): string[] {
  return files.length === 0 ? [] : [`Left out, because this run writes it: ${files.join(', ')}.`]
}

function describeResume({ done, isFinished }: Delivery): string | undefined {
  if (isFinished) {
    return `Nothing is left: all ${formatNumber(done ?? 0)} events are done.`
  }
  return done === undefined ? undefined : `Resuming: ${formatNumber(done)} events are done.`
}
