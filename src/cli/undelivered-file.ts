import { open, unlink } from 'node:fs/promises'
import { UsageError } from './terminal'

/** Keeps events that did not arrive, one a line as they were read, so that the file can be delivered again. */
export interface UndeliveredFile {
  keep(raw: string): Promise<void>
  /** Leaves no file behind where there was nothing to keep. */
  close(): Promise<void>
}

/** @throws UsageError where the file exists already, as it may hold what is still to be delivered, or cannot be made */
export async function createUndeliveredFile(path: string): Promise<UndeliveredFile> {
  // Events hold personal data: nobody else may read them.
  const file = await open(path, 'wx', 0o600).catch(({ code }: NodeJS.ErrnoException) => {
    throw new UsageError(
      code === 'EEXIST' ? `${path} exists already. Name another file.` : `Cannot write ${path}: ${code}.`
    )
  })
  let isEmpty = true
  return {
    async keep(raw) {
      isEmpty = false
      await file.appendFile(`${raw}\n`)
    },
    async close() {
      await file.close()
      await (isEmpty && unlink(path))
    }
  }
}
