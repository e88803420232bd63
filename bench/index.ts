import { writeFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import path from 'node:path'
import { Command } from 'commander'
import { wholeNumber } from '../src/cli/whole-number'
import { figures, verdictOn } from './figures'
import { runPart } from './part'
import type { Part, Results } from './part'
import { report } from './report'

const RESULTS = path.join(__dirname, '../../bench/results.json')

/** How many times each row is measured at least, which takes about two minutes in all. */
const ROUNDS = 12

const program = new Command('npm run bench --')
  .description(
    "Measures what Astrolabe's destination costs, against other destinations, the framework and the fastest client there is."
  )
  .option('--check', 'exit with 1 where a ratio is not what it has to be')
  .option('--rounds <number>', 'how many times to measure each row', wholeNumber(1), ROUNDS)
  .action(bench)

void program.parseAsync()

async function bench({ check, rounds }: { check?: true; rounds: number }): Promise<void> {
  const machine = `${cpus()[0].model}, ${availableParallelism()} cores, Node ${process.version}`
  const results: Results = {
    cpu: await announced('cpu', 'CPU of single events and of batches, network stubbed', rounds),
    growth: await announced('growth', 'batch sizes, payloads and mappings', rounds),
    tls: await announced('tls', 'events a second over TLS', rounds),
    heap: await announced('heap', 'heap growth', rounds),
    start: await announced('start', 'start', Math.ceil(rounds / 3))
  }
  const outcome = figures(results)
  console.log(`${machine}, ${rounds} rounds\n\n${report(results)}`)
  writeFileSync(
    RESULTS,
    JSON.stringify({ date: new Date().toISOString(), machine, figures: outcome, results }, null, 2)
  )

  const missed = outcome.filter((figure) => verdictOn(figure) === 'MISSED')
  if (check && missed.length > 0) {
    console.error(`\nMissed: ${missed.map(({ name }) => name).join('; ')}.`)
    process.exitCode = 1
  }
}

async function announced<Name extends Part>(part: Name, what: string, rounds: number): Promise<Results[Name]> {
  console.error(`Measuring ${what} …`)
  return runPart(part, rounds)
}
