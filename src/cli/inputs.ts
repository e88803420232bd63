import { constants, createReadStream } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { UsageError } from './terminal'

/** A file of events, or standard input. */
export interface Input {
  name: string
  /** Bytes; undefined for standard input. */
  size?: number
  open: () => Readable & { bytesRead?: number }
}

const PROBLEMS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read by you',
  EISDIR: 'it is a folder'
}

/**
 * Looks at every file before the first is read, so that nothing is delivered where one is missing.
 *
 * @param files paths; `-` stands for standard input
 * @throws UsageError that names the file that cannot be read, and why
 */
export async function findInputs(files: string[], stdin: Readable): Promise<Input[]> {
  if (files.filter((file) => file === '-').length > 1) {
    throw new UsageError('Standard input (-) can be read only once.')
  }
  return Promise.all(files.map((file) => findInput(file, stdin)))
}

async function findInput(file: string, stdin: Readable): Promise<Input> {
  return file === '-' ? { name: 'standard input', open: () => stdin } : findFile(file)
}

async function findFile(file: string): Promise<Input> {
  try {
    const stats = await stat(file)
    if (stats.isDirectory()) {
      throw Object.assign(new Error(), { code: 'EISDIR' })
    }
    await access(file, constants.R_OK)
    return { name: file, size: stats.size, open: () => createReadStream(file) }
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    throw new UsageError(`Cannot read ${file}: ${PROBLEMS[code] ?? code}.`)
  }
}
