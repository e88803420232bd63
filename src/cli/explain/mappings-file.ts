import { readFile } from 'node:fs/promises'
import type { Subscription } from '@segment/actions-core'
import { destination } from '../../catalog'
import { parseSubscriptions } from '../../runtime'
import { UsageError } from '../terminal'

/** @throws UsageError with one line per mistake */
export async function readMappings(file: string): Promise<Subscription[]> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(`Cannot read ${file}: ${cause.code === 'ENOENT' ? 'no such file' : cause.code}.`, { cause })
  })
  const parsed = parseSubscriptions(parseJson(text, file), destination)
  if ('problems' in parsed) {
    throw new UsageError([`The mappings in ${file} can't be used.`, ...parsed.problems].join('\n  '))
  }
  return parsed.subscriptions
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new UsageError(`${file} is not JSON.`)
  }
}
