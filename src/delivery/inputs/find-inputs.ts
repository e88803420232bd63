import { constants, createReadStream, openSync } from 'node:fs'
import type { Stats } from 'node:fs'
import { access, readdir, stat } from 'node:fs/promises'
import { Socket } from 'node:net'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { isObjectUrl, listObjects } from './objects'
import type { ObjectStore } from './objects'

/** A file of events, an object in a bucket, a pipe, or standard input. */
export interface Input {
  /** Its path or URL, or `standard input`. */
  name: string
  /** Undefined for a pipe or standard input, which can be read once only. */
  stored?: StoredFile | StoredContent
  open(): Readable & { bytesRead?: number }
}

interface StoredFile {
  /** Bytes. */
  size: number
  /** The times of the last change of its content and of anything, in ms. */
  modified: number
  changed: number
  /** Tells the file from every other one, whatever its name. */
  id: string
}

/** Another content has another `etag`. */
interface StoredContent {
  /** Bytes. */
  size: number
  etag: string
}

/** An input can't be read. `cause` is the error of the file system, or an `ObjectError`. */
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
 * their paths, without hidden ones. So does the URL of a bucket, or of a part of it.
 *
 * @param paths of files and folders, and URLs that begin with `s3:`; `-` is standard input
 * @param openStdin is called when standard input is read, not before
 * @param openStore is called for the first URL
 * @throws InputError that names the first path that can't be read
 */
export async function findInputs(
  paths: string[],
  openStdin: () => Readable,
  openStore?: () => Promise<ObjectStore>
): Promise<Input[]> {
  const inputs: Input[] = []
  let store: ObjectStore | undefined
  for (const name of paths) {
    if (name === '-') {
      inputs.push({ name: 'standard input', open: openStdin })
    } else if (openStore && isObjectUrl(name)) {
      store ??= await openStore()
      inputs.push(...(await findObjects(name, store)))
    } else {
      inputs.push(...(await findAt(name)))
    }
  }
  return inputs
}

async function findObjects(url: string, store: ObjectStore): Promise<Input[]> {
  const found = await listObjects(url, store).catch((error: unknown) => {
    throw new InputError(url, error)
  })
  return found
    .map((object) => ({ object, names: object.path.split('/') }))
    .filter(({ names }) => names.every(mayHoldEvents))
    .sort((a, b) => comparePaths(a.names, b.names))
    .map(({ object: { url: name, size, etag, open } }) => ({ name, stored: { size, etag }, open }))
}

/** The order of folders: name by name. */
function comparePaths(a: string[], b: string[]): number {
  const index = a.findIndex((name, at) => name !== b[at])
  return index === -1 || index === b.length ? a.length - b.length : compareNames(a[index], b[index])
}

function compareNames(a: string, b: string): number {
  return NATURAL.compare(a, b) || (a < b ? -1 : 1)
}

/** Whether it is not hidden. */
function mayHoldEvents(name: string): boolean {
  return !name.startsWith('.') && name !== NOT_EVENTS
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
  entries.sort((a, b) => compareNames(a.name, b.name))
  const inputs: Input[] = []
  for (const entry of entries) {
    if (mayHoldEvents(entry.name)) {
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
  const stored = { size: stats.size, modified: stats.mtimeMs, changed: stats.ctimeMs, id: fileId(stats) }
  return stats.isFile()
    ? { name, stored, open: () => createReadStream(name, { highWaterMark: READ_SIZE }) }
    : { name, open: () => createReadStream(name) }
}

/** Without blocking: a read stream waits for a writer in a thread that nothing can interrupt, not even the process's end. */
function openPipe(name: string): Readable {
  return new Socket({ fd: openSync(name, constants.O_RDONLY | constants.O_NONBLOCK), readable: true, writable: false })
}
