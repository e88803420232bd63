import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { HEAP_FLAGS, YOUNG_GENERATION } from '../../src/cli/deliver/heap'
import { startChild } from '../child'
import type { Child } from '../child'
import { Receiver } from './receiver'
import { ROW_PROCESS } from './row'
import type { How, Usage } from './row'

/** The heap of the command `deliver`, for the loops too. V8 divides the young generation into three spaces. */
const DELIVER_FLAGS = [...HEAP_FLAGS, `--max-semi-space-size=${YOUNG_GENERATION / 3}`]

/** A receiver, the rows that send to it, and a folder for their files. */
export interface Lab {
  receiver: Receiver
  /** Starts the process of a row. Returns a function that sends all events of the files once, and throws if that fails. */
  start(how: How, paths: string[]): Promise<() => Promise<Usage>>
  /** The path of a file in the folder. */
  file(name: string): string
}

/** Measures against a receiver in this process. The rows have processes of their own. */
export async function withReceiver<Result>(measure: (lab: Lab) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-'))
  const receiver = new Receiver()
  const rows: Child<Usage>[] = []
  try {
    const url = await receiver.listen()
    return await measure({
      receiver,
      file: (name) => path.join(folder, name),
      async start(how, paths) {
        const row = await startChild<Usage>(ROW_PROCESS, [how, paths, url], DELIVER_FLAGS)
        rows.push(row)
        return row.run
      }
    })
  } finally {
    rows.forEach((row) => row.close())
    await receiver.app.close()
    await rm(folder, { recursive: true })
  }
}
