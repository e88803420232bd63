import { constants } from 'node:fs'
import { access, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import builder from 'junit-report-builder'
import type { Report } from '../../contract/report'
import type { Result } from '../../contract/check-contract'
import { describeExchange } from './report'
import { cannotWrite } from '../cannot-write'
import { UsageError } from '../terminal'

/** @throws UsageError where a file of that name cannot be written: better now than after the check */
export async function findJUnitFile(file: string): Promise<void> {
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
 * A test a rule, in a suite for each source. Only a documented rule that is broken is a failure, as only that makes the
 * exit code 1: an assumed one counts as skipped, and its output says what it means.
 */
export async function writeJUnitFile(file: string, report: Report): Promise<void> {
  const junit = builder.newBuilder()
  for (const source of ['documented', 'assumed'] as const) {
    const suite = junit.testSuite().name(`Astrolabe's ingest API, ${source}`)
    for (const result of report.from(source)) {
      const test = suite
        .testCase()
        .className(`contract.${source}`)
        .name(nameOf(result))
        .time(result.milliseconds / 1000)
      if (result.verdict === 'broken' && source === 'documented') {
        test.failure(result.reason, 'broken')
      } else if (result.verdict !== 'holds') {
        test.skipped()
      }
      test.standardOutput(outputOf(result))
    }
  }
  await writeFile(file, junit.build()).catch(cannotWrite(file))
}

function nameOf({ rule }: Result): string {
  return `${rule.id}: ${rule.title}`
}

function outputOf({ rule, verdict, reason, exchanges }: Result): string {
  return [
    `${verdict}. ${reason}`.trim(),
    ...(verdict === 'broken' && rule.source === 'assumed' ? [rule.ifBroken] : []),
    ...exchanges.flatMap(describeExchange)
  ].join('\n')
}
