import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { InputError } from './inputs/find-inputs'
import type { Input } from './inputs/find-inputs'

/** What tells that an input is the one that a checkpoint was written for. */
export interface InputIdentity {
  path: string
  /** Bytes. */
  size: number
  /** The time of the last change, in ms since 1970. */
  modified: number
  /** SHA-256 of the first 64 KiB. */
  hash: string
}

const HASHED_BYTES = 64 * 1024

/** @throws InputError if a file can't be read */
export async function identify(inputs: Input[]): Promise<InputIdentity[]> {
  const identities: InputIdentity[] = []
  for (const { name, file } of inputs) {
    if (file) {
      identities.push({ path: name, size: file.size, modified: file.modified, hash: await hashStart(name) })
    }
  }
  return identities
}

async function hashStart(name: string): Promise<string> {
  try {
    const handle = await open(name)
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(HASHED_BYTES), 0, HASHED_BYTES, 0)
      return createHash('sha256').update(buffer.subarray(0, bytesRead)).digest('hex')
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw new InputError(name, error)
  }
}

/** @returns a sentence that names the first difference, or undefined */
export function findChange(before: InputIdentity[], now: InputIdentity[]): string | undefined {
  if (before.length !== now.length) {
    return `It was written for ${before.length} files, and there are ${now.length} now.`
  }
  const changed = now.find(({ path, size, modified, hash }, index) => {
    const old = before[index]
    return path !== old.path || size !== old.size || modified !== old.modified || hash !== old.hash
  })
  return changed && `${changed.path} has changed since then.`
}
