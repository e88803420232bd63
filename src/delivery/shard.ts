import { createHash } from 'node:crypto'

/** One of several runs that share an input. Each delivers the events of its own keys. */
export interface Shard {
  /** 0-based. */
  index: number
  count: number
}

/**
 * @param key the key that decides; undefined for what has none, which the first shard reports
 * @returns whether the shard delivers the events of this key
 */
export function isInShard(key: string | undefined, { index, count }: Shard): boolean {
  return (key === undefined ? 0 : createHash('sha256').update(key).digest().readUInt32BE() % count) === index
}
