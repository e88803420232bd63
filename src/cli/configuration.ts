import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { Subscription } from '@segment/actions-core'
import { destination } from '../catalog'
import { notUtf8 } from '../delivery/inputs/event-read'
import { parseJson } from '../delivery/inputs/parse-json'
import { TextReader } from '../delivery/inputs/text-reader'
import { parseFilters, parseSubscriptions } from '../runtime'
import type { Filter } from '../runtime'
import { cannotRead, UsageError } from './terminal'

/** A file in the form of Segment's Public API. */
interface Configuration {
  /** The first digits of a hash that tells whether they have changed. */
  hash: string
  /** What is probably not meant, one sentence each. */
  warnings: string[]
}

export interface Mappings extends Configuration {
  subscriptions: Subscription[]
}

export interface Filters extends Configuration {
  filters: Filter[]
  /** How many more are disabled in Segment, and so left out. */
  disabled: number
}

/**
 * Mappings from a file in the form in which Segment's Public API lists a destination's subscriptions.
 *
 * @throws UsageError with one sentence per mistake
 */
export async function readMappings(file: string): Promise<Mappings> {
  return readConfiguration(file, 'mappings', (json) => parseSubscriptions(json, destination))
}

/**
 * The same for a destination's filters.
 *
 * @throws UsageError with one sentence per mistake: a filter that can't be applied exactly is one
 */
export async function readFilters(file: string): Promise<Filters> {
  return readConfiguration(file, 'filters', parseFilters)
}

async function readConfiguration<Parsed extends object>(
  file: string,
  what: string,
  parse: (json: unknown) => Parsed | { problems: string[] }
): Promise<Parsed & Pick<Configuration, 'hash'>> {
  const text = await readText(file, what)
  const { value } = parseJson(text)
  if (value === undefined) {
    throw new UsageError(`${file} is not JSON.`)
  }
  const parsed = parse(value)
  if ('problems' in parsed) {
    throw new UsageError([`The ${what} in ${file} can't be used.`, ...parsed.problems].join('\n  '))
  }
  return { ...parsed, hash: createHash('sha256').update(text).digest('hex').slice(0, 12) }
}

/** In every encoding in which events are read: PowerShell's `>` writes UTF-16. */
async function readText(file: string, what: string): Promise<string> {
  const reader = new TextReader(createReadStream(file))
  const bytes = await reader
    .peekWhole()
    .catch(cannotRead(file))
    .finally(() => reader.close())
  if (!bytes) {
    throw new UsageError(`${file} is too large for ${what}.`)
  }
  if (!isUtf8(bytes)) {
    throw new UsageError(notUtf8(file))
  }
  return bytes.toString()
}
