import { Option } from 'commander'
import type { Command } from 'commander'
import { ASTROLABE_BASE_URL, parseBaseUrl } from '../../contract/base-url'
import { checkContract, Unreachable } from '../../contract/check-contract'
import { createClient } from '../../contract/client'
import type { ClientOptions } from '../../contract/client'
import { parseApiKey } from '../../contract/credentials'
import { InvalidInput } from '../../contract/invalid-input'
import { CHECK_ID_PREFIX } from '../../contract/messages'
import { redactor } from '../../contract/redaction'
import { Report } from '../../contract/report'
import { LOAD_SECONDS } from '../../contract/rule'
import { describeReport } from './report'
import { startRuleProgress } from './progress'
import { askToGoOn, canAsk } from './confirm'
import { findJUnitFile, writeJUnitFile } from './junit-file'
import { UsageError } from '../terminal'
import type { Terminal } from '../terminal'
import { wholeNumber } from '../whole-number'

const MOST_REQUESTS_A_SECOND = 1000

interface CheckOptions {
  apiKey?: string
  keyWithoutPermission?: string
  url: string
  yes?: true
  readOnly?: true
  load?: number
  json?: true
  junit?: string
}

export function addCheckCommand(program: Command, terminal: Terminal): void {
  program
    .command('check')
    .summary("Check whether an ingest API keeps Astrolabe's contract.")
    .description(
      "Check whether an ingest API keeps Astrolabe's contract, rule by rule.\n\n" +
        'Exit code 0: every documented rule that could be shown holds; 1: one is broken; 2: wrong use, unreachable or stopped.'
    )
    .addOption(new Option('--api-key <key>', 'a key of the API to check').env('ASTROLABE_API_KEY'))
    .addOption(
      new Option(
        '--key-without-permission <key>',
        'a second key, valid but without the permission to send, which must be answered 403'
      ).env('ASTROLABE_API_KEY_WITHOUT_PERMISSION')
    )
    .addOption(
      new Option('--url <url>', 'the base URL of the API to check')
        .env('ASTROLABE_INGEST_URL')
        .default(ASTROLABE_BASE_URL)
    )
    .option('--yes', 'create what has to be created without asking, as in CI')
    .option('--read-only', 'send nothing that could create something; what only that would show is not shown')
    .option(
      '--load <rate>',
      `send so many requests a second, for ${LOAD_SECONDS} s or until the rate limit answers; they create nothing`,
      wholeNumber(1, MOST_REQUESTS_A_SECOND)
    )
    .option('--json', 'print the report as one JSON object')
    .option('--junit <file>', 'write the report to this file as JUnit XML, too')
    .action((options: CheckOptions) => check(options, terminal))
}

async function check(options: CheckOptions, terminal: Terminal): Promise<void> {
  const { json, junit, load, readOnly = false } = options
  const { stdout, stderr } = terminal
  const target = findApi(options)
  if (junit !== undefined) {
    await findJUnitFile(junit)
  }
  if (!readOnly && !options.yes && !canAsk(terminal)) {
    throw new UsageError(
      'This creates Users, Accounts and events, and there is no terminal to ask on. Add --yes, or --read-only to create nothing.'
    )
  }
  const stop = new AbortController()
  void terminal.untilStopped().then(() => stop.abort())

  const notes = json ? stderr : stdout
  notes.write(`Checking ${shownUrl(target)}\n${readOnly ? NOTHING_CREATED : WHAT_IS_CREATED}\n`)
  if (!readOnly && !options.yes && !(await askToGoOn(terminal, stop.signal))) {
    notes.write('Nothing was sent.\n')
    terminal.exitCode = 2
    return
  }

  const report = await run(target, { load, readOnly }, stop.signal, terminal)
  stdout.write(json ? `${JSON.stringify(report)}\n` : `\n${describeReport(report, stdout.columns)}\n`)
  if (junit !== undefined) {
    await writeJUnitFile(junit, report)
  }
  terminal.exitCode = exitCodeFor(report)
}

const WHAT_IS_CREATED = `This creates Users and an Account whose ids begin with ${CHECK_ID_PREFIX}, the same ones each time, and events of theirs.`
const NOTHING_CREATED = 'Read-only: nothing is sent that could create something.'

type Target = Pick<ClientOptions, 'baseUrl' | 'apiKey' | 'keyWithoutPermission'>

function findApi({ apiKey, keyWithoutPermission, url }: CheckOptions): Target {
  if (apiKey === undefined) {
    throw new UsageError('A check needs a key of the API: add --api-key, or set ASTROLABE_API_KEY.')
  }
  try {
    return {
      baseUrl: parseBaseUrl(url),
      apiKey: parseApiKey(apiKey),
      keyWithoutPermission:
        keyWithoutPermission === undefined ? undefined : parseApiKey(keyWithoutPermission, 'The key without permission')
    }
  } catch (error) {
    throw error instanceof InvalidInput ? new UsageError(error.message) : error
  }
}

/** A path may hold what looks like the key, or is it. */
function shownUrl({ baseUrl, apiKey, keyWithoutPermission }: Target): string {
  return redactor([apiKey, keyWithoutPermission ?? ''].filter(Boolean))(baseUrl)
}

async function run(
  target: Target,
  { load, readOnly }: { load?: number; readOnly: boolean },
  signal: AbortSignal,
  { stderr }: Terminal
): Promise<Report> {
  const progress = startRuleProgress(stderr)
  try {
    const results = await checkContract({
      client: createClient({ ...target, signal }),
      readOnly,
      load: load === undefined ? undefined : { rate: load, seconds: LOAD_SECONDS },
      signal,
      onRule: progress.update
    })
    return new Report(shownUrl(target), results, signal.aborted)
  } catch (error) {
    throw error instanceof Unreachable ? new UsageError(error.message) : error
  } finally {
    progress.stop()
  }
}

function exitCodeFor({ isKept, isStopped }: Report): number {
  if (!isKept) {
    return 1
  }
  return isStopped ? 2 : 0
}
