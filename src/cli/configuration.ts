import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { Subscription } from '@segment/actions-core'
import { destination } from '../catalog'
import { notUtf8 } from '../delivery/inputs/event-read'
import { parseJson } from '../delivery/inputs/parse-json'
import { TextReader } from '../delivery/inputs/text-reader'
import { parseSubscriptions } from '../runtime'
import { describeSystemError, UsageError } from './terminal'

export interface Mappings {
  subscriptions: Subscription[]
  /** The first digits of a hash that tells whether they have changed. */
  hash: string
  /** What is probably not meant, one sentence each. */
  warnings: string[]
}

/**
 * Mappings from a file in the form in which Segment's Public API lists a destination's subscriptions.
 *
 * @throws UsageError with one sentence per mistake
 */
export async function readMappings(file: string): Promise<Mappings> {
  const text = await readText(file)
  const { value } = parseJson(text)
  if (value === undefined) {
    throw new UsageError(`${file} is not JSON.`)
  }
  const parsed = parseSubscriptions(value, destination)
  if ('problems' in parsed) {
    throw new UsageError([`The mappings in ${file} can't be used.`, ...parsed.problems].join('\n  '))
  }
  return { ...parsed, hash: createHash('sha256').update(text).digest('hex').slice(0, 12) }
}

/** In every encoding in which events are read: PowerShell's `>` writes UTF-16. */
async function readText(file: string): Promise<string> {
  const reader = new TextReader(createReadStream(file))
  const bytes = await reader
    .peekWhole()
    .catch((error: unknown) => {
      throw new UsageError(`Cannot read ${file}: ${describeSystemError(error)}.`, { cause: error })
    })
    .finally(() => reader.close())
  if (!bytes) {
    throw new UsageError(`${file} is too large for mappings.`)
  }
  if (!isUtf8(bytes)) {
    throw new UsageError(notUtf8(file))
  }
  return bytes.toString()
}
