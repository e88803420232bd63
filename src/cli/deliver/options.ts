import { InvalidArgumentError, Option } from 'commander'
import type { Command } from 'commander'
import { timeOf } from '../../catalog'
import { RETRIES } from '../../runtime'
import { formatDuration, parseDuration } from '../format'
import { wholeNumber } from '../whole-number'

export interface DeliverOptions {
  apiKey?: string
  since?: number
  until?: number
  limit?: number
  from?: { file: string; line: number }
  mappings?: string
  filters?: string
  ignoreIntegrations?: true
  concurrency: number
  rate?: number
  batch?: number | true
  retries: number
  maxOutage: number
  checkpoint?: string
  undelivered?: string
  report?: string
  reportAll?: true
  status?: string
  shardIndex?: number
  shardCount?: number
  dryRun?: true
  show?: true
  json?: true
}

export const DEFAULT_BATCH_SIZE = 100

const DEFAULT_MAX_OUTAGE = 60 * 60_000

/** @returns undefined for single requests */
export function batchSizeOf({ batch }: Pick<DeliverOptions, 'batch'>): number | undefined {
  return batch === true ? DEFAULT_BATCH_SIZE : batch
}

export function addDeliverOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--api-key <key>', 'your Astrolabe API key; without one, events go to a sandbox in this process').env(
        'ASTROLABE_API_KEY'
      )
    )
    .optionsGroup('Which events:')
    .option('--since <time>', 'only events received at this time or later; without a zone it is UTC', parseTime)
    .option('--until <time>', 'only events received before this time', parseTime)
    .option('--limit <count>', 'only this many events', wholeNumber(1))
    .option('--from <file:line>', 'only events from this line of this file on', parseFrom)
    .option('--mappings <file>', "your own mappings, as Segment's Public API lists them; default: the presets")
    .option('--filters <file>', "your destination's filters, as Segment's Public API lists them; default: none")
    .option('--ignore-integrations', 'deliver every event, whatever its integrations object says')
    .optionsGroup('How fast:')
    .option(
      '--concurrency <count>',
      'maximum requests in flight; the number adapts to the API',
      wholeNumber(1, 1000),
      64
    )
    .option('--rate <count>', 'maximum events per second', wholeNumber(1))
    .option('--batch [size]', `send up to this many events per request (${DEFAULT_BATCH_SIZE})`, wholeNumber(1, 1000))
    .option('--retries <count>', 'maximum retries of an event', wholeNumber(), RETRIES)
    .addOption(
      new Option(
        '--max-outage <duration>',
        'after the first delivery, wait out an outage of up to 90s, 30min or 2h; 0: stop after 3 failures in a row'
      )
        .argParser(parseMaxOutage)
        .default(DEFAULT_MAX_OUTAGE, formatDuration(DEFAULT_MAX_OUTAGE))
    )
    .optionsGroup('Resuming and several machines:')
    .option('--checkpoint <file>', 'record the progress in this file; the same command resumes from it')
    .addOption(
      new Option('--shard-index <index>', "this machine's part, from 0")
        .argParser(wholeNumber())
        .env('JOB_COMPLETION_INDEX')
    )
    .option('--shard-count <count>', 'number of machines; each delivers its own Users, in order', wholeNumber(1))
    .optionsGroup('Results:')
    .option(
      '--undelivered <file>',
      'save rejected and failed events in this new file, to deliver them again; default with --checkpoint FILE: FILE.undelivered.ndjson'
    )
    .option('--report <file>', 'list undelivered events in this new file: place, outcome and reason, no event data')
    .option('--report-all', 'list all events in the report')
    .option('--status <file>', 'keep the state of the run in this JSON file, replaced every few seconds')
    .option('--dry-run', 'do everything except sending, and estimate the duration')
    .option('--show', 'show the records of the sandbox in this process at the end')
    .option('--json', 'print the summary as one JSON object')
}

function parseTime(text: string): number {
  const time = timeOf(text)
  if (time === undefined) {
    throw new InvalidArgumentError('It must be a date or time, such as 2026-01-31 or 2026-01-31T12:00:00Z.')
  }
  return time
}

function parseMaxOutage(text: string): number {
  const duration = parseDuration(text)
  if (duration === undefined) {
    throw new InvalidArgumentError('It must be a number of seconds, minutes or hours, such as 90s, 30min or 2h, or 0.')
  }
  return duration
}

function parseFrom(text: string): { file: string; line: number } {
  const [, file, line] = /^(.+):(\d+)$/.exec(text) ?? []
  if (!file || Number(line) < 1) {
    throw new InvalidArgumentError('It must be a file and a line, such as events.ndjson:120.')
  }
  return { file, line: Number(line) }
}
