import { markdownTable } from 'markdown-table'
import { figures, noise, verdictOn } from './figures'
import type { Figure } from './figures'
import type { Results } from './part'
import { STARTS } from './parts/start'
import type { StartResult } from './parts/start'
import type { Rounds } from './rotation'
import { median, medianOfRounds } from './statistics'
import { ASTROLABE } from './variants'

/** The whole run as Markdown, as `docs/performance.md` holds it. */
export function report(results: Results): string {
  const { cpu, tls, growth, start } = results
  return [
    '### One event at a time',
    table(
      ['Destination', 'CPU, network stubbed', "against Astrolabe's", `over TLS, ${tls.concurrency} at a time`],
      Object.keys(tls.single).map((name) => [name, ...cpuColumns(cpu.single, name), rateColumn(tls.single, name)])
    ),
    ...[
      { size: '100', cpuRounds: cpu.batchOf100, tlsRounds: tls.batchOf100 },
      { size: '1,000', cpuRounds: cpu.batchOf1000, tlsRounds: tls.batchOf1000 }
    ].flatMap(({ size, cpuRounds, tlsRounds }) => [
      `### Batches of ${size}`,
      table(
        ['Destination', 'CPU, network stubbed', "against Astrolabe's", 'over TLS, one at a time'],
        Object.keys(tlsRounds).map((name) => [name, ...cpuColumns(cpuRounds, name), rateColumn(tlsRounds, name)])
      )
    ]),
    '### Growth',
    table(
      ['Astrolabe', 'CPU, network stubbed'],
      [
        ...Object.entries({ ...growth.batchSizes, ...growth.payloads, ...growth.subscriptions }).map(
          ([name, values]) => [name, microseconds(median(values))]
        )
      ]
    ),
    '### Start',
    table(['A fresh process', 'takes', 'more memory than Node'], startRows(start)),
    `The published package is ${kilobytes(start.size.packed)} packed and ${kilobytes(start.size.unpacked)} unpacked, in ${start.size.files} files.`,
    '### What has to come out',
    table(
      ['Figure', 'has to be', 'is', "framework's floor", ''],
      figures(results).map((figure) => [
        figure.name,
        promiseOf(figure),
        ratio(figure.value),
        figure.floor === undefined ? '' : ratio(figure.floor),
        verdictOn(figure)
      ])
    ),
    noiseLine(results)
  ].join('\n\n')
}

/** The first column is text, the others are numbers. */
function table(head: string[], rows: string[][]): string {
  return markdownTable([head, ...rows], { align: head.map((_, column) => (column === 0 ? 'l' : 'r')) })
}

/** Empty where the row was measured over TLS only. */
function cpuColumns(rounds: Rounds, name: string): string[] {
  return name in rounds
    ? [microseconds(median(rounds[name])), ratio(medianOfRounds(rounds, (of) => of(name) / of(ASTROLABE)))]
    : ['', '']
}

function rateColumn(rounds: Rounds, name: string): string {
  return `${Math.round(median(rounds[name])).toLocaleString('en-US')} events/s`
}

function startRows({ readings }: StartResult): string[][] {
  return STARTS.map((what) => {
    const { milliseconds, megabytes } = readings[what]
    return [what, `${milliseconds.toFixed(0)} ms`, `${megabytes.toFixed(0)} MB`]
  })
}

function promiseOf({ promise }: Figure): string {
  const [[relation, bound]] = Object.entries(promise)
  return `${{ atMost: 'at most', atLeast: 'at least', under: 'under' }[relation]} ${bound}`
}

function noiseLine(results: Results): string {
  const { single, batchOf100, batchOf1000 } = noise(results)
  return `A copy of Astrolabe's destination against itself: ${ratio(single)} single, ${ratio(batchOf100)} in batches of 100, ${ratio(batchOf1000)} in batches of 1,000. Nothing nearer to a bound than that is certain.`
}

function microseconds(value: number): string {
  return `${value.toFixed(1)} µs/event`
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000)} KB`
}

function ratio(value: number): string {
  return value.toFixed(2)
}
