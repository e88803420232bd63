import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { InputError } from './inputs/find-inputs'
import type { Input } from './inputs/find-inputs'

/** What tells that an input is the one that a checkpoint was written for. */
export interface InputIdentity {
  path: string
  /** Bytes. */
  size: number
  /** Of a file: the time of the last change in ms since 1970, of the content, and of anything. The first one can be set to any time. */
  modified?: number
  changed?: number
  /** Of an object in a bucket: the content's. */
  etag?: string
  /** What was read of it: so many bytes from its start, and their SHA-256. */
  read?: { bytes: number; hash: string }
}

/** Bytes. */
const COMPARED_AT_ONCE = 4 * 1024 * 1024

export function identify(inputs: Input[]): InputIdentity[] {
  return inputs.flatMap(({ name: path, stored }): InputIdentity[] => {
    if (!stored) {
      return []
    }
    const { size } = stored
    return 'etag' in stored
      ? [{ path, size, etag: stored.etag }]
      : [{ path, size, modified: stored.modified, changed: stored.changed }]
  })
}

/**
 * An input whose times are the same is not read. One that was only touched or copied has other times, and the content that
 * was read before.
 *
 * @param onRead called now and then while inputs are read again
 * @returns a sentence that names the first difference, or undefined
 * @throws InputError if a file can't be read
 */
export async function findChange(
  before: InputIdentity[],
  now: InputIdentity[],
  onRead: (bytes: number, totalBytes: number) => Promise<void>
): Promise<string | undefined> {
  if (before.length !== now.length) {
    return `It was written for ${before.length} files, and there are ${now.length} now.`
  }
  const other = now.find(
    ({ path, size, etag }, index) =>
      path !== before[index].path || size !== before[index].size || etag !== before[index].etag
  )
  if (other) {
    return `${other.path} has changed since then.`
  }
  const suspects = before.filter(
    ({ modified, changed }, index) => modified !== now[index].modified || changed !== now[index].changed
  )
  const totalBytes = suspects.reduce((sum, { read }) => sum + (read?.bytes ?? 0), 0)
  let bytes = 0
  for (const { path, read } of suspects) {
    const hash = read && (await hashStart(path, read.bytes, (length) => onRead((bytes += length), totalBytes)))
    if (hash !== read?.hash) {
      return `${path} has changed since then.`
    }
  }
  return undefined
}

async function hashStart(file: string, bytes: number, onRead: (bytes: number) => Promise<void>): Promise<string> {
  const hash = createHash('sha256')
  const chunks: AsyncIterator<Buffer> = createReadStream(file, { end: bytes - 1, highWaterMark: COMPARED_AT_ONCE })[
    Symbol.asyncIterator
  ]()
  for (;;) {
    const chunk = await chunks.next().catch((error: unknown) => {
      throw new InputError(file, error)
    })
    if (chunk.done) {
      return hash.digest('hex')
    }
    hash.update(chunk.value)
    await onRead(chunk.value.length)
  }
}
