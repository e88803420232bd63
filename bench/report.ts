import { markdownTable } from 'markdown-table'
import { describeThreshold, describeValue, verdictOn } from './figure'
import type { Figure } from './figure'
import type { PartResult } from './part'

/** The whole run as Markdown, in the form of `docs/performance.md`. */
export function report(results: PartResult[]): string {
  return [
    ...results.flatMap(({ tables }) => tables).map(({ title, head, rows }) => `### ${title}\n\n${table(head, rows)}`),
    `### Thresholds\n\n${table(
      ['Figure', 'Threshold', 'Measured', 'Spread', ''],
      results.flatMap(({ figures }) => figures).map(rowOf)
    )}`
  ].join('\n\n')
}

function rowOf(figure: Figure): string[] {
  const spread = figure.spread === 0 ? '' : `± ${(100 * figure.spread).toFixed(1)} %`
  return [figure.name, describeThreshold(figure), describeValue(figure), spread, verdictOn(figure)]
}

/** The first column is text, the others are numbers. */
function table(head: string[], rows: string[][]): string {
  return markdownTable([head, ...rows], { align: head.map((_, column) => (column === 0 ? 'l' : 'r')) })
}
