import path from 'node:path'
import { runInChild, sendResult } from './child'
import type { Figure } from './figure'

export interface Table {
  title: string
  head: string[]
  rows: string[][]
}

/** What a part measured. It crosses processes as JSON. */
export interface PartResult {
  tables: Table[]
  figures: Figure[]
}

/** The parts, by the name of their module, and what each measures. */
export const PARTS = {
  cpu: 'CPU of single events and of batches, network stubbed',
  deliver: 'events per second of `deliver`, against a bare loop',
  history: 'peak memory and time of `deliver` for 100,000 and 1,000,000 events',
  console: 'events per second and memory of the console'
}

export type Part = keyof typeof PARTS

/** A module in `parts/`. */
export interface PartModule {
  measure(rounds: number): Promise<PartResult>
}

export function runPart(part: Part, rounds: number): Promise<PartResult> {
  return runInChild(__filename, part, String(rounds))
}

async function runHere([part, rounds]: string[]): Promise<void> {
  const { measure } = (await import(path.join(__dirname, 'parts', part))) as PartModule
  sendResult(await measure(Number(rounds)))
}

if (require.main === module) {
  void runHere(process.argv.slice(2))
}
