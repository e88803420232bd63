import { constants, createReadStream, openSync } from 'node:fs'
import type { Stats } from 'node:fs'
import { access, readdir, stat } from 'node:fs/promises'
import { Socket } from 'node:net'
import path from 'node:path'
import type { Readable } from 'node:stream'

/** A file of events, a pipe, or standard input. */
export interface Input {
  /** Its path, or `standard input`. */
  name: string
  /**
   * Bytes, the times of the last change of its content and of anything in ms, and what tells the file from every other one,
   * whatever its name. Undefined for a pipe or standard input, which can be read once only.
   */
  file?: { size: number; modified: number; changed: number; id: string }
  open(): Readable & { bytesRead?: number }
}

/** An input can't be read. `cause` is the error of the file system. */
export class InputError extends Error {
  override readonly name = 'InputError'

  constructor(
    /** The input's name. */
    readonly input: string,
    override readonly cause: unknown
  ) {
    super(`Cannot read ${input}.`)
  }
}

/** Bytes per read of a file: each read is a trip to a thread. */
const READ_SIZE = 256 * 1024

/** Segment's test of the connection to a bucket. */
const NOT_EVENTS = 'dummy-object.txt'

/** Numbers in names compare as numbers, so that files and days come in their order. */
const NATURAL = new Intl.Collator('en', { numeric: true })

/**
 * Finds all inputs before the first is read. A folder stands for all files in it and its folders, in the natural order of
 * their paths, without hidden ones.
 *
 * @param paths of files and folders; `-` is standard input
 * @param openStdin is called when standard input is read, not before
 * @throws InputError that names the first path that can't be read
 */
export async function findInputs(paths: string[], openStdin: () => Readable): Promise<Input[]> {
  const inputs: Input[] = []
  for (const name of paths) {
    if (name === '-') {
      inputs.push({ name: 'standard input', open: openStdin })
    } else {
      inputs.push(...(await findAt(name)))
    }
  }
  return inputs
}

async function findAt(name: string): Promise<Input[]> {
  try {
    const stats = await stat(name)
    if (stats.isDirectory()) {
      return await findIn(name)
    }
    await access(name, constants.R_OK)
    return [toInput(name, stats)]
  } catch (error) {
    throw error instanceof InputError ? error : new InputError(name, error)
  }
}

async function findIn(folder: string): Promise<Input[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  entries.sort((a, b) => NATURAL.compare(a.name, b.name) || (a.name < b.name ? -1 : 1))
  const inputs: Input[] = []
  for (const entry of entries) {
    if (!entry.name.startsWith('.') && entry.name !== NOT_EVENTS) {
      inputs.push(...(await findAt(path.join(folder, entry.name))))
    }
  }
  return inputs
}

export function fileId({ dev, ino }: Pick<Stats, 'dev' | 'ino'>): string {
  return `${dev}:${ino}`
}

function toInput(name: string, stats: Stats): Input {
  if (stats.isFIFO()) {
    return { name, open: () => openPipe(name) }
  }
  const file = { size: stats.size, modified: stats.mtimeMs, changed: stats.ctimeMs, id: fileId(stats) }
  return stats.isFile()
    ? { name, file, open: () => createReadStream(name, { highWaterMark: READ_SIZE }) }
    : { name, open: () => createReadStream(name) }
}

/** Without blocking: a read stream waits for a writer in a thread that nothing can interrupt, not even the process's end. */
function openPipe(name: string): Readable {
  return new Socket({ fd: openSync(name, constants.O_RDONLY | constants.O_NONBLOCK), readable: true, writable: false })
}
