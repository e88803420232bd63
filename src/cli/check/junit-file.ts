import { writeFile } from 'node:fs/promises'
import type { RuleResult } from '../../contract/check-contract'
import type { Report } from '../../contract/report'
import { cannotWrite } from '../terminal'
import { describeCurl, describeExchange } from './report'

/**
 * Writes a test case per rule, in a suite per source. A failed assumed rule counts as skipped, because only a failed
 * documented rule makes the exit code 1. Its output tells the impact.
 */
export async function writeJUnitFile(file: string, report: Report): Promise<void> {
  // Few runs need it.
  const { create } = await import('xmlbuilder')
  const xml = create('testsuites', { encoding: 'UTF-8', invalidCharReplacement: '' })
  xml.att(totalsOf([...report.from('documented'), ...report.from('assumed')]))
  for (const source of ['documented', 'assumed'] as const) {
    const results = report.from(source)
    const suite = xml.ele('testsuite', { name: `Astrolabe's ingest API, ${source}`, ...totalsOf(results) })
    for (const result of results) {
      const test = suite.ele('testcase', {
        classname: `contract.${source}`,
        name: nameOf(result),
        time: result.milliseconds / 1000
      })
      const outcome = outcomeOf(result)
      if (outcome === 'failed') {
        test.ele('failure', { message: result.reason, type: 'failed' })
      } else if (outcome === 'skipped') {
        test.ele('skipped')
      }
      test.ele('system-out').txt(outputOf(result))
    }
  }
  await writeFile(file, xml.end({ pretty: true })).catch(cannotWrite(file))
}

function outcomeOf({ rule, verdict }: RuleResult): 'passed' | 'failed' | 'skipped' {
  return verdict === 'passed' ? verdict : verdict === 'failed' && rule.source === 'documented' ? 'failed' : 'skipped'
}

/** As attributes of a suite. A rule can't end with an error of its own. */
function totalsOf(results: readonly RuleResult[]) {
  const count = (outcome: string) => results.filter((result) => outcomeOf(result) === outcome).length
  const time = results.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000
  return { tests: results.length, failures: count('failed'), errors: 0, skipped: count('skipped'), time }
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
