import { createHash } from 'node:crypto'
import type { SegmentEvent } from '@segment/actions-core'

/** One of several runs that share an input. Each delivers the events of its own keys. */
export interface Shard {
  /** 0-based. */
  index: number
  count: number
}

/**
 * @param event undefined for text that is not an event: the first shard reports it
 * @returns whether the shard delivers the event. A User's events all go to one shard: the hash is of `userId`, else
 *   `anonymousId`, else `groupId`
 */
export function isInShard(event: SegmentEvent | undefined, { index, count }: Shard): boolean {
  return shardOf(event, count) === index
}

function shardOf(event: SegmentEvent | undefined, count: number): number {
  const { userId, anonymousId, groupId }: Record<string, unknown> = { ...event }
  const key = [userId, anonymousId, groupId].find(isId)
  // 42 and "42" are one User.
  return key === undefined ? 0 : createHash('sha256').update(String(key)).digest().readUInt32BE() % count
}

function isId(value: unknown): value is string | number {
  return typeof value === 'number' || (typeof value === 'string' && value !== '')
}
