import { constants, createReadStream, openSync } from 'node:fs'
import type { ReadStream, Stats } from 'node:fs'
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
  /** Both tell the file from every other one, whatever its name. */
  dev: number
  ino: number
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

/** Bytes per read of a file at most: each read is a trip to a thread. */
const READ_SIZE = 256 * 1024

/** Files that are looked at together. */
const AT_ONCE = 64

/** The bits of a file's mode with which nobody needs to be asked whether it may be read. */
const READABLE_BY_ALL = 0o444

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
  const inputs: Input[][] = []
  let store: ObjectStore | undefined
  for (const name of paths) {
    if (name === '-') {
      inputs.push([{ name: 'standard input', open: openStdin }])
    } else if (openStore && isObjectUrl(name)) {
      store ??= await openStore()
      inputs.push(await findObjects(name, store))
    } else {
      inputs.push(await findAt(name))
    }
  }
  return inputs.flat()
}

async function findObjects(url: string, store: ObjectStore): Promise<Input[]> {
  const found = await listObjects(url, store).catch((error: unknown) => {
    throw new InputError(url, error)
  })
  return found
    .map(({ object, rest }) => ({ object, names: rest.split('/') }))
    .filter(({ names }) => names.every(mayHoldEvents))
    .sort((a, b) => comparePaths(a.names, b.names))
    .map(({ object }) => object)
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
      const names = await namesIn(name)
      const inputs: Input[][] = []
      for (let start = 0; start < names.length; start += AT_ONCE) {
        inputs.push(...(await Promise.all(names.slice(start, start + AT_ONCE).map(findAt))))
      }
      return inputs.flat()
    }
    if ((stats.mode & READABLE_BY_ALL) !== READABLE_BY_ALL) {
      await access(name, constants.R_OK)
    }
    return [toInput(name, stats)]
  } catch (error) {
    throw error instanceof InputError ? error : new InputError(name, error)
  }
}

/** What is in a folder and its folders, in order. */
async function namesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw new InputError(folder, error)
  })
  entries.sort((a, b) => compareNames(a.name, b.name))
  const names: string[][] = []
  for (const entry of entries.filter(({ name }) => mayHoldEvents(name))) {
    const name = path.join(folder, entry.name)
    names.push(entry.isDirectory() ? await namesIn(name) : [name])
  }
  return names.flat()
}

export function fileId({ dev, ino }: Pick<Stats, 'dev' | 'ino'>): string {
  return `${dev}:${ino}`
}

function toInput(name: string, stats: Stats): Input {
  if (stats.isFIFO()) {
    return { name, open: () => openPipe(name) }
  }
  return stats.isFile() ? new FileInput(name, stats) : { name, open: () => createReadStream(name) }
}

/** A class, because there may be 100,000 of them: a function for each takes as much memory as the rest. */
class FileInput implements Input {
  readonly stored: StoredFile

  constructor(
    readonly name: string,
    { size, mtimeMs: modified, ctimeMs: changed, dev, ino }: Stats
  ) {
    this.stored = { size, modified, changed, dev, ino }
  }

  open(): ReadStream {
    return createReadStream(this.name, { highWaterMark: Math.max(1, Math.min(this.stored.size, READ_SIZE)) })
  }
}

/** Without blocking: a read stream waits for a writer in a thread that nothing can interrupt, not even the process's end. */
function openPipe(name: string): Readable {
  return new Socket({ fd: openSync(name, constants.O_RDONLY | constants.O_NONBLOCK), readable: true, writable: false })
}
