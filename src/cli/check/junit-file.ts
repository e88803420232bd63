import { constants } from 'node:fs'
import { access, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { RuleResult } from '../../contract/check-contract'
import type { Report } from '../../contract/report'
import { cannotWrite, UsageError } from '../terminal'
import { describeCurl, describeExchange } from './report'

/** @throws UsageError if the file can't be written: better before the check than after it */
export async function assertWritable(file: string): Promise<void> {
  if (file === '') {
    throw new UsageError('The name of the file for --junit is empty.')
  }
  await access(path.dirname(file), constants.W_OK).catch(cannotWrite(file))
  const isFolder = await stat(file).then(
    (stats) => stats.isDirectory(),
    () => false
  )
  if (isFolder) {
    cannotWrite(file)({ code: 'EISDIR' })
  }
}

/**
 * Writes a test case per rule, in a suite per source. A failed assumed rule counts as skipped, because only a failed
 * documented rule makes the exit code 1. Its output tells the impact.
 */
export async function writeJUnitFile(file: string, report: Report): Promise<void> {
  // Takes longer to load than most commands need.
  const { default: builder } = await import('junit-report-builder')
  const junit = builder.newBuilder()
  for (const source of ['documented', 'assumed'] as const) {
    const suite = junit.testSuite().name(`Astrolabe's ingest API, ${source}`)
    for (const result of report.from(source)) {
      const test = suite
        .testCase()
        .className(`contract.${source}`)
        .name(nameOf(result))
        .time(result.milliseconds / 1000)
      if (result.verdict === 'failed' && source === 'documented') {
        test.failure(result.reason, 'failed')
      } else if (result.verdict !== 'passed') {
        test.skipped()
      }
      test.standardOutput(outputOf(result))
    }
  }
  await writeFile(file, junit.build()).catch(cannotWrite(file))
}

function nameOf({ rule }: RuleResult): string {
  return `${rule.id}: ${rule.title}`
}

function outputOf({ rule, verdict, reason, exchanges, curl }: RuleResult): string {
  return [
    `${verdict}. ${reason}`.trim(),
    ...(verdict === 'failed' && rule.source === 'assumed' ? [rule.impact] : []),
    ...exchanges.flatMap(describeExchange),
    ...describeCurl(curl)
  ].join('\n')
}
