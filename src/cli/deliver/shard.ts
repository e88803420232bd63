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
        `The shard index is ${index} (from --shard-index, JOB_COMPLETION_INDEX or AWS_BATCH_JOB_ARRAY_INDEX), but the number of shards is missing. Add --shard-count.`
      )
    }
    return undefined
  }
  if (index === undefined) {
    throw new UsageError(`--shard-count needs --shard-index, from 0 to ${shardCount - 1}.`)
  }
  if (index >= shardCount) {
    throw new UsageError(
      `The shard index ${index} is too high. With --shard-count ${shardCount} it is from 0 to ${shardCount - 1}.`
    )
  }
  return { index, count: shardCount }
}

function readIndex(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined
}
