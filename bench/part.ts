import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import type { CpuResult } from './parts/cpu'
import type { GrowthResult } from './parts/growth'
import type { HeapResult } from './parts/heap'
import type { StartResult } from './parts/start'
import type { TlsResult } from './parts/tls'

export interface Results {
  cpu: CpuResult
  growth: GrowthResult
  tls: TlsResult
  start: StartResult
  heap: HeapResult
}

export type Part = keyof Results

/** V8's own flags for a part's process. */
const EXEC_ARGV: Partial<Record<Part, string[]>> = {
  // Nothing forces a collection: in a heap this small, V8 collects it whole every few hundred events by itself.
  heap: ['--max-old-space-size=48']
}

/** Runs a part of the benchmark in a process of its own, so that none meets what another left behind. */
export async function runPart<Name extends Part>(part: Name, rounds: number): Promise<Results[Name]> {
  const child = fork(__filename, [part, String(rounds)], { execArgv: EXEC_ARGV[part] })
  let result: Results[Name] | undefined
  child.on('message', (message) => (result = message as Results[Name]))
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0 || result === undefined) {
    throw new Error(`The part "${part}" of the benchmark failed: see above.`)
  }
  return result
}

async function runHere([part, rounds]: string[]): Promise<void> {
  const { default: run } = (await import(path.join(__dirname, 'parts', part))) as {
    default: (rounds: number) => Promise<Results[Part]>
  }
  process.send?.(await run(Number(rounds)), () => process.disconnect())
}

if (require.main === module) {
  void runHere(process.argv.slice(2))
}
