import Table from 'cli-table3'
import type { Result } from '../../contract/check-contract'
import type { Exchange } from '../../contract/exchange'
import { CHECK_ID_PREFIX } from '../../contract/messages'
import type { Report } from '../../contract/report'

/** Where standard output is no terminal: a file, or the log of a CI job. */
const DEFAULT_WIDTH = 120

/** In less, words would be cut. */
const LEAST_WIDTH = 60

const VERDICT_WIDTH = 11

/**
 * The report as two tables, then each broken rule with all that was sent and came back, then what follows.
 *
 * @param width of the tables, in characters
 */
export function describeReport(report: Report, width = DEFAULT_WIDTH): string {
  return [
    table('Documented', report.from('documented'), width),
    table('Assumed', report.from('assumed'), width),
    ...report.broken.map(describeBroken),
    describeCounts(report),
    describeMeanings(report),
    conclusion(report)
  ]
    .filter(Boolean)
    .join('\n\n')
}

/** The lines of one exchange: what was sent, and what came back. */
export function describeExchange({ sent, answer, noAnswer, milliseconds }: Exchange): string[] {
  const headers = Object.entries(answer?.headers ?? {}).map(([name, value]) => `, ${name}: ${value}`)
  return [
    `> POST ${sent.url} with ${sent.credentials}`,
    `> ${sent.body}`,
    answer ? `< ${answer.status} in ${milliseconds} ms${headers.join('')}` : `< ${noAnswer}`,
    ...(answer ? [`< ${answer.body}`] : [])
  ].map((line) => line.trimEnd())
}

function table(title: string, results: Result[], width: number): string {
  // Four lines between and around three columns.
  const text = Math.max(width, LEAST_WIDTH) - VERDICT_WIDTH - 4
  const ruleWidth = Math.floor(text * 0.45)
  const colWidths = [ruleWidth, VERDICT_WIDTH, text - ruleWidth]
  const cells = new Table({
    head: ['Rule', 'Result', 'Came back, for what was sent'],
    style: { head: [], border: [] },
    colWidths,
    wordWrap: true
  })
  // A cell has a space on either side.
  cells.push(
    ...results.map((result) => [describeRule(result), result.verdict, describeEvidence(result, colWidths[2] - 2)])
  )
  return `${title}\n${cells.toString()}`
}

function describeRule({ rule }: Result): string {
  return `${rule.id}\n${rule.title}`
}

function describeEvidence({ exchanges, reason }: Result, width: number): string {
  return [...withoutRepetition(exchanges.map((exchange) => describeInShort(exchange, width))), reason]
    .filter(Boolean)
    .join('\n')
}

/** One line, the status first, as the rest may be cut. */
function describeInShort({ sent, answer }: Exchange, width: number): string {
  const credentials = sent.credentials === 'the key' ? '' : `${sent.credentials}: `
  // All ids begin alike: what follows tells them apart.
  const body = sent.body.replaceAll(CHECK_ID_PREFIX, '…') || 'an empty body'
  const line = `${answer?.status ?? '---'}  ${credentials}${body}`
  return line.length > width ? `${line.slice(0, width - 1)}…` : line
}

function withoutRepetition(lines: string[]): string[] {
  const counts = new Map<string, number>()
  lines.forEach((line) => counts.set(line, (counts.get(line) ?? 0) + 1))
  return [...counts].flatMap(([line, count]) => (count > 1 ? [line, `     ${count} times`] : [line]))
}

function describeBroken({ rule, reason, exchanges }: Result): string {
  const lines = exchanges.flatMap(describeExchange).map((line) => `  ${line}`)
  return [`Broken: ${rule.id} (${rule.source}). ${rule.title}`, `  ${reason}`, ...lines].join('\n')
}

function describeCounts(report: Report): string {
  return (['documented', 'assumed'] as const)
    .map((source) => {
      const { holds, broken, notShown } = report.count(source)
      return `${source.padEnd(10)}  ${holds} hold, ${broken} broken, ${notShown} not shown`
    })
    .join('\n')
}

function conclusion({ isKept, isStopped }: Report): string {
  if (!isKept) {
    return 'The contract is broken: a documented rule does not hold.'
  }
  return isStopped ? 'Stopped before every rule was checked.' : 'The contract is kept: no documented rule is broken.'
}

/** What the broken assumptions mean for the destination, each meaning once. */
function describeMeanings({ broken }: Report): string {
  const meanings = new Set(broken.flatMap(({ rule }) => (rule.source === 'assumed' ? [rule.ifBroken] : [])))
  return meanings.size > 0 ? ['What is assumed and broken means:', ...meanings].join('\n- ') : ''
}
