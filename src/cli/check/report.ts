import type { RuleResult } from '../../contract/check-contract'
import type { Exchange } from '../../contract/client'
import { CHECK_ID_PREFIX } from '../../contract/messages'
import type { Report } from '../../contract/report'
import { renderWrapped } from '../table'

/** For a file, or the log of a CI job. */
const DEFAULT_WIDTH = 120

/** A narrower table would cut words. */
const MIN_WIDTH = 60

const VERDICT_WIDTH = 'inconclusive'.length

/** Four lines between and around three columns, and a space on either side of each. */
const FRAME = 4 + 3 * 2

/**
 * Formats a report: two tables, the failed rules with their requests and responses and a line to reproduce each, and the
 * conclusion.
 *
 * @param width of the tables in characters
 */
export function describeReport(report: Report, width = DEFAULT_WIDTH): string {
  return [
    table('Documented', report.from('documented'), width),
    table('Assumed', report.from('assumed'), width),
    ...report.failed.map(describeFailed),
    describeCounts(report),
    describeImpacts(report),
    conclusion(report)
  ]
    .filter(Boolean)
    .join('\n\n')
}

export function describeExchange({ sent, response, error, milliseconds }: Exchange): string[] {
  const headers = Object.entries(response?.headers ?? {}).map(([name, value]) => `, ${name}: ${value}`)
  return [
    `> POST ${sent.url} with ${sent.credentials}`,
    `> ${sent.body}`,
    response ? `< ${response.status} in ${milliseconds} ms${headers.join('')}` : `< ${error}`,
    ...(response ? [`< ${response.body}`] : [])
  ].map((line) => line.trimEnd())
}

function table(title: string, results: RuleResult[], width: number): string {
  if (results.length === 0) {
    return ''
  }
  const text = Math.max(width, MIN_WIDTH) - VERDICT_WIDTH - FRAME
  const ruleWidth = Math.floor(text * 0.45)
  const widths = [ruleWidth, VERDICT_WIDTH, text - ruleWidth]
  const rows = results.map((result) => [describeRule(result), result.verdict, describeEvidence(result, widths[2])])
  return `${title}\n${renderWrapped([['Rule', 'Result', 'Status and request'], ...rows], widths)}`
}

function describeRule({ rule }: RuleResult): string {
  return `${rule.id}\n${rule.title}`
}

function describeEvidence({ exchanges, reason }: RuleResult, width: number): string {
  return [...countRepetitions(exchanges.map((exchange) => summarize(exchange, width))), reason]
    .filter(Boolean)
    .join('\n')
}

/** One line, cut to `width`, so the status comes first. */
function summarize({ sent, response }: Exchange, width: number): string {
  const credentials = sent.credentials === 'the key' ? '' : `${sent.credentials}: `
  // All ids share this prefix.
  const body = sent.body.replaceAll(CHECK_ID_PREFIX, '…') || 'an empty body'
  const line = `${response?.status ?? '---'}  ${credentials}${body}`
  return line.length > width ? `${line.slice(0, width - 1)}…` : line
}

function countRepetitions(lines: string[]): string[] {
  const counts = new Map<string, number>()
  lines.forEach((line) => counts.set(line, (counts.get(line) ?? 0) + 1))
  return [...counts].flatMap(([line, count]) => (count > 1 ? [line, `     ${count} times`] : [line]))
}

function describeFailed({ rule, reason, exchanges, curl }: RuleResult): string {
  const lines = [...exchanges.flatMap(describeExchange), ...describeCurl(curl)].map((line) => `  ${line}`)
  return [`Failed: ${rule.id} (${rule.source}). ${rule.title}`, `  ${reason}`, ...lines].join('\n')
}

export function describeCurl(curl: string | undefined): string[] {
  return curl === undefined ? [] : ['Reproduce it, with the key in ASTROLABE_API_KEY:', curl]
}

function describeCounts(report: Report): string {
  return (['documented', 'assumed'] as const)
    .filter((source) => report.from(source).length > 0)
    .map((source) => {
      const { passed, failed, inconclusive } = report.count(source)
      return `${source.padEnd(10)}  ${passed} passed, ${failed} failed, ${inconclusive} inconclusive`
    })
    .join('\n')
}

export function conclusion({ isKept, isStopped, isPartial, obstacle }: Report): string {
  if (obstacle !== undefined) {
    return `Almost nothing could be checked. ${obstacle}`
  }
  if (!isKept) {
    return 'The API breaks the contract: a documented rule failed.'
  }
  if (isStopped) {
    return 'Stopped before every rule was checked.'
  }
  return isPartial
    ? 'No documented rule failed, of those that were checked.'
    : 'The API keeps the contract: no documented rule failed.'
}

/** What the failed assumptions mean for the destination, each impact once. */
function describeImpacts({ failed }: Report): string {
  const impacts = new Set(failed.flatMap(({ rule }) => (rule.source === 'assumed' ? [rule.impact] : [])))
  return impacts.size > 0 ? ['Impact of the failed assumptions:', ...impacts].join('\n- ') : ''
}
