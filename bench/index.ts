import path from 'node:path'
import { writeFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { Command, Option } from 'commander'
import { markdownTable } from 'markdown-table'
import { wholeNumber } from '../src/cli/whole-number'
import { verdictOn, describeThreshold, describeValue } from './figure'
import type { Figure } from './figure'
import { PARTS, runPart } from './part'
import type { Part, PartResult } from './part'

const RESULTS = path.join(__dirname, '../../bench/results.json')

interface BenchOptions {
  check?: true
  rounds: number
  part: Part[]
}

const program = new Command('npm run bench --')
  .description("Measures the cost of Astrolabe's destination and the speed of `deliver`.")
  .option('--check', 'exit with 1 if a threshold is missed by more than the spread of the control')
  .option('--rounds <number>', 'how many times to measure each row', wholeNumber(1), 12)
  .addOption(
    new Option('--part <parts...>', 'what to measure')
      .choices(Object.keys(PARTS))
      .default(['cpu', 'rejections', 'deliver'])
  )
  .action(bench)

void program.parseAsync()

async function bench({ check, rounds, part: parts }: BenchOptions): Promise<void> {
  const machine = `${cpus()[0].model}, ${availableParallelism()} cores, Node ${process.version}`
  const results: PartResult[] = []
  for (const part of parts) {
    console.error(`Measuring ${PARTS[part]} …`)
    results.push(await runPart(part, rounds))
  }
  const figures = results.flatMap((result) => result.figures)
  console.log(`${machine}, ${rounds} rounds\n\n${report(results)}`)
  writeFileSync(RESULTS, JSON.stringify({ date: new Date().toISOString(), machine, results }, null, 2))

  const failed = figures.filter((figure) => verdictOn(figure) === 'FAIL')
  if (check && failed.length > 0) {
    console.error(`\nFAIL: ${failed.map(({ name }) => name).join('; ')}.`)
    process.exitCode = 1
  }
}

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
