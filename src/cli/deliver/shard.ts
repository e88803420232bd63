import type { Shard } from '../../delivery/shard'
import { UsageError } from '../terminal'
import type { DeliverOptions } from './options'

/**
 * The index comes from the engine that runs the shards if no option gives it: a Kubernetes Indexed Job (read by the option
 * itself) or an AWS Batch array.
 *
 * @throws UsageError
 */
export function resolveShard({ shardIndex, shardCount }: DeliverOptions): Shard | undefined {
  const index = shardIndex ?? readIndex(process.env.AWS_BATCH_JOB_ARRAY_INDEX)
  if (shardCount === undefined) {
    if (index !== undefined) {
      throw new UsageError(
        `This is shard ${index} (by --shard-index, JOB_COMPLETION_INDEX or AWS_BATCH_JOB_ARRAY_INDEX) of how many? Add --shard-count.`
      )
    }
    return undefined
  }
  if (index === undefined) {
    throw new UsageError('Which shard is this? Add --shard-index, from 0 to one less than --shard-count.')
  }
  if (index >= shardCount) {
    throw new UsageError(`There is no shard ${index} of ${shardCount}: --shard-index starts at 0.`)
  }
  return { index, count: shardCount }
}

function readIndex(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined
}
