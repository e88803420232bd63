import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import type { Figure } from './figure'

/** What a part measured. It crosses processes as JSON. */
export interface PartResult {
  tables: { title: string; head: string[]; rows: string[][] }[]
  figures: Figure[]
}

/** The parts, by the name of their module, and what each measures. */
export const PARTS = {
  cpu: 'CPU of single events and of batches, network stubbed',
  deliver: 'events per second of `deliver`, against a bare loop',
  history: 'peak memory and time of `deliver` for 100,000 and 1,000,000 events'
}

export type Part = keyof typeof PARTS

/** A module in `parts/`. */
export interface PartModule {
  measure(rounds: number): Promise<PartResult>
}

/** Runs a part in a process of its own, so that no part is affected by another. */
export async function runPart(part: Part, rounds: number): Promise<PartResult> {
  const child = fork(__filename, [part, String(rounds)])
  let result: PartResult | undefined
  child.on('message', (message) => (result = message as PartResult))
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0 || result === undefined) {
    throw new Error(`The part "${part}" of the benchmark failed: see above.`)
  }
  return result
}

async function runHere([part, rounds]: string[]): Promise<void> {
  const { measure } = (await import(path.join(__dirname, 'parts', part))) as PartModule
  process.send?.(await measure(Number(rounds)), () => process.disconnect())
}

if (require.main === module) {
  void runHere(process.argv.slice(2))
}
