import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Subscription } from '@segment/actions-core'
import { destination } from '../catalog'
import { parseJson } from '../delivery/inputs/parse-json'
import { parseSubscriptions } from '../runtime'
import { describeSystemError, UsageError } from './terminal'

/**
 * Mappings from a file in the form in which Segment's Public API lists a destination's subscriptions.
 *
 * @returns the mappings, and the first digits of a hash that tells whether the file has changed
 * @throws UsageError with one sentence per mistake
 */
export async function readMappings(file: string): Promise<{ subscriptions: Subscription[]; hash: string }> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`Cannot read ${file}: ${describeSystemError(error)}.`, { cause: error })
  })
  const { value } = parseJson(text)
  if (value === undefined) {
    throw new UsageError(`${file} is not JSON.`)
  }
  const parsed = parseSubscriptions(value, destination)
  if ('problems' in parsed) {
    throw new UsageError([`The mappings in ${file} can't be used.`, ...parsed.problems].join('\n  '))
  }
  return { subscriptions: parsed.subscriptions, hash: createHash('sha256').update(text).digest('hex').slice(0, 12) }
}
