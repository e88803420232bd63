import { open, unlink } from 'node:fs/promises'
import { cannotWrite } from '../cannot-write'
import { UsageError } from '../terminal'

/** Keeps events that did not arrive, one a line as they were read, so that the file can be delivered again. */
export interface UndeliveredFile {
  /** @throws UsageError where the file cannot be written any more, as on a full disk */
  keep(raw: string): Promise<void>
  /** How many events it holds. */
  readonly kept: number
  /** Leaves no file behind where there was nothing to keep. */
  close(): Promise<void>
}

/** @throws UsageError where the file exists already, as it may hold what is still to be delivered, or cannot be made */
export async function createUndeliveredFile(path: string): Promise<UndeliveredFile> {
  // Events hold personal data: nobody else may read them.
  const file = await open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') {
      throw new UsageError(`${path} exists already. Name another file.`)
    }
    return cannotWrite(path)(error)
  })
  let kept = 0
  return {
    async keep(raw) {
      await file.appendFile(`${raw}\n`).catch(cannotWrite(path))
      kept++
    },
    get kept() {
      return kept
    },
    async close() {
      await file.close()
      if (kept === 0) {
        await unlink(path)
      }
    }
  }
}
