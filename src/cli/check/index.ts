import { Option } from 'commander'
import type { Command } from 'commander'
import { BASE_URL } from '../../catalog'
import { checkContract, UnreachableError } from '../../contract/check-contract'
import { createClient } from '../../contract/client'
import type { ClientOptions } from '../../contract/client'
import { InvalidKeyError, parseApiKey } from '../../contract/credentials'
import { CHECK_ID_PREFIX } from '../../contract/messages'
import { Report } from '../../contract/report'
import { LOAD_SECONDS } from '../../contract/rule'
import { RULES, rulesWith } from '../../contract/rules'
import { BaseUrlError, parseBaseUrl } from '../../secrets/base-url'
import { createWithhold } from '../../secrets/withhold'
import { useProxy } from '../proxy'
import { assertWritable, UsageError } from '../terminal'
import type { Terminal } from '../terminal'
import { wholeNumber } from '../whole-number'
import { canConfirm, confirm } from './confirm'
import { annotateUnchecked, reportToGitHub } from './github'
import { writeJUnitFile } from './junit-file'
import { startRuleProgress } from './progress'
import { describeReport } from './report'
import { collectRule, listRules } from './rules'

const MAX_REQUESTS_PER_SECOND = 1000

/** Seconds. */
const MAX_WAIT = 3600

interface CheckOptions {
  apiKey?: string
  keyWithoutPermission?: string
  url: string
  yes?: true
  readOnly?: true
  rule?: string[]
  listRules?: true
  wait?: number
  load?: number
  json?: true
  junit?: string
}

export function addCheckCommand(program: Command, terminal: Terminal): void {
  program
    .command('check')
    .summary("Check an ingest API against Astrolabe's contract.")
    .description(
      "Check an ingest API against every rule of Astrolabe's contract.\n\n" +
        'Exit code 0: no documented rule failed; 1: one failed; 2: usage error, API unreachable, or stopped.'
    )
    .addOption(new Option('--api-key <key>', 'an API key of the API to check').env('ASTROLABE_API_KEY'))
    .addOption(
      new Option(
        '--key-without-permission <key>',
        'a second, valid key without permission to send, which must get 403'
      ).env('ASTROLABE_API_KEY_WITHOUT_PERMISSION')
    )
    .addOption(
      new Option('--url <url>', 'the base URL of the API to check').env('ASTROLABE_INGEST_URL').default(BASE_URL)
    )
    .option('--yes', 'create test data without asking, as in CI')
    .option('--read-only', 'skip every check that could create data')
    .option('--rule <id>', 'check only this rule and those that it depends on (repeatable)', collectRule)
    .option('--list-rules', 'list all rules, and send nothing')
    .option('--wait <seconds>', 'wait up to this long until the API responds', wholeNumber(1, MAX_WAIT))
    .option(
      '--load <rate>',
      `send this many requests per second for ${LOAD_SECONDS} s, or until rate-limited; creates no data`,
      wholeNumber(1, MAX_REQUESTS_PER_SECOND)
    )
    .option('--json', 'print the report as one JSON object')
    .option('--junit <file>', 'also write the report to this file as JUnit XML')
    .action((options: CheckOptions) => check(options, terminal))
}

async function check(options: CheckOptions, terminal: Terminal): Promise<void> {
  const { json, junit, wait, readOnly = false } = options
  const { stdout, stderr } = terminal
  if (options.listRules) {
    listRules(stdout)
    return
  }
  const target = resolveApi(options)
  if (junit === '') {
    throw new UsageError('The name of the file for --junit is empty.')
  }
  if (junit !== undefined) {
    await assertWritable(junit)
  }
  if (!readOnly && !options.yes && !canConfirm(terminal)) {
    throw new UsageError(
      'This check creates Users, Accounts and events. Add --yes to allow that, or --read-only to create nothing.'
    )
  }
  const stop = new AbortController()
  void terminal.untilStopped().then(() => stop.abort())

  const notes = json ? stderr : stdout
  notes.write(`Checking ${shownUrl(target)}\n${readOnly ? READ_ONLY : TEST_DATA}\n`)
  if (wait !== undefined) {
    notes.write(`Waits up to ${wait} s until the API responds.\n`)
  }
  if (!readOnly && !options.yes && !(await confirm(terminal, stop.signal))) {
    notes.write('Nothing was sent.\n')
    terminal.exitCode = 2
    return
  }

  const report = await run(target, options, stop.signal, terminal)
  stdout.write(json ? `${JSON.stringify(report)}\n` : `\n${describeReport(report, stdout.columns)}\n`)
  if (junit !== undefined) {
    await writeJUnitFile(junit, report)
  }
  await reportToGitHub(report, notes)
  terminal.exitCode = exitCodeFor(report)
}

const TEST_DATA = `Creates Users, an Account and events whose ids begin with ${CHECK_ID_PREFIX}. Later checks use the same Users and Account.`
const READ_ONLY = 'Read-only: skips every check that could create data.'

type Target = Pick<ClientOptions, 'baseUrl' | 'apiKey' | 'keyWithoutPermission'>

function resolveApi({ apiKey, keyWithoutPermission, url }: CheckOptions): Target {
  if (apiKey === undefined) {
    throw new UsageError('An API key is missing. Add --api-key, or set ASTROLABE_API_KEY.')
  }
  if (apiKey === keyWithoutPermission) {
    throw new UsageError('--key-without-permission must be another key than --api-key.')
  }
  try {
    return {
      baseUrl: parseBaseUrl(url),
      apiKey: parseApiKey(apiKey),
      keyWithoutPermission:
        keyWithoutPermission === undefined ? undefined : parseApiKey(keyWithoutPermission, 'The key without permission')
    }
  } catch (error) {
    throw error instanceof InvalidKeyError || error instanceof BaseUrlError ? new UsageError(error.message) : error
  }
}

/** A path may contain the key. */
function shownUrl({ baseUrl, apiKey, keyWithoutPermission }: Target): string {
  return createWithhold([apiKey, keyWithoutPermission ?? ''].filter(Boolean))(baseUrl)
}

async function run(
  target: Target,
  { rule: ids, wait = 0, load, readOnly }: CheckOptions,
  signal: AbortSignal,
  { stderr }: Terminal
): Promise<Report> {
  const rules = ids ? rulesWith(ids) : RULES
  const progress = startRuleProgress(stderr, rules.length)
  try {
    const results = await checkContract({
      client: createClient({ ...target, signal }),
      viaProxy: await useProxy(target.baseUrl),
      rules,
      wait: wait * 1000,
      readOnly: readOnly === true,
      load: load === undefined ? undefined : { rate: load, seconds: LOAD_SECONDS },
      signal,
      onRule: progress.update
    })
    return new Report(shownUrl(target), results, signal.aborted)
  } catch (error) {
    if (error instanceof UnreachableError) {
      annotateUnchecked(error.message, stderr)
      throw new UsageError(error.message)
    }
    throw error
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
