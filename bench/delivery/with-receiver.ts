import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Receiver } from './receiver'
import { startRow } from './row'
import type { Row, RowProcess } from './row'

/** A receiver, the rows that send to it, and a folder for their files. */
export interface Lab {
  receiver: Receiver
  start(row: Omit<Row, 'url'>): Promise<RowProcess>
  /** The path of a file in the folder. */
  file(name: string): string
}

/** Measures against a receiver in this process. The rows have processes of their own. */
export async function withReceiver<Result>(measure: (lab: Lab) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-'))
  const receiver = new Receiver()
  const processes: RowProcess[] = []
  try {
    const url = await receiver.listen()
    return await measure({
      receiver,
      file: (name) => path.join(folder, name),
      async start(row) {
        const process = await startRow({ ...row, url })
        processes.push(process)
        return process
      }
    })
  } finally {
    processes.forEach((process) => process.close())
    await receiver.app.close()
    await rm(folder, { recursive: true })
  }
}
