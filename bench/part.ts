import path from 'node:path'
import { serveParent, startChild } from './child'
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

/** The parts, by the name of their module in `parts/`, which exports `measure`, and what each measures. */
export const PARTS = {
  cpu: 'CPU of single events and of batches, network stubbed',
  rejections: 'CPU of batches whose events are all rejected, network stubbed',
  deliver: 'events per second of `deliver`, against a bare loop',
  history: 'peak memory and time of `deliver` for 100,000 and 1,000,000 events'
}

export type Part = keyof typeof PARTS

export async function runPart(part: Part, rounds: number): Promise<PartResult> {
  const { run, close } = await startChild<PartResult>(__filename, [part, rounds])
  const result = await run()
  close()
  return result
}

if (require.main === module) {
  void serveParent(async (part: Part, rounds: number) => {
    const { measure } = (await import(path.join(__dirname, 'parts', part))) as {
      measure(rounds: number): Promise<PartResult>
    }
    return () => measure(rounds)
  })
}
