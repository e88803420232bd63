import type { SegmentEvent } from '@segment/actions-core'
import { isAfter } from './result'
import type { Position } from './result'
import type { EventRead } from './inputs/read-events'
import { isInShard } from './shard'
import type { Shard } from './shard'

/** Which events of the inputs a run delivers. */
export interface Selection {
  /** The first position to deliver. */
  from?: Position
  /** Milliseconds since 1970: the period of `receivedAt`, else `timestamp`. `until` itself is outside. */
  since?: number
  until?: number
  /** Events at most, counted in the period and over all shards. */
  limit?: number
  shard?: Shard
}

/** How many events were left out, and how many count for the limit. */
export interface SelectionCounts {
  counted: number
  outsidePeriod: number
  otherShards: number
}

/** Decides for one event after the other whether it is delivered. */
export class Selector {
  /**
   * @param counts of an earlier run up to `countedUpTo`, which this run continues
   */
  constructor(
    private readonly selection: Selection,
    readonly counts: SelectionCounts = { counted: 0, outsidePeriod: 0, otherShards: 0 },
    private readonly countedUpTo?: Position
  ) {}

  /** @returns `end` if no further event is delivered */
  select(read: EventRead): 'deliver' | 'skip' | 'end' {
    const { from, limit = Infinity, shard } = this.selection
    const isNew = !this.countedUpTo || isAfter(read, this.countedUpTo)
    if (isNew && this.counts.counted >= limit) {
      return 'end'
    }
    if (from && isAfter(from, read)) {
      return 'skip'
    }
    const event = 'event' in read ? read.event : undefined
    if (event && !this.isInPeriod(event)) {
      this.counts.outsidePeriod += isNew ? 1 : 0
      return 'skip'
    }
    this.counts.counted += isNew ? 1 : 0
    if (shard && !isInShard(event, shard)) {
      this.counts.otherShards += isNew ? 1 : 0
      return 'skip'
    }
    return 'deliver'
  }

  /** An event without a readable time is in every period. */
  private isInPeriod({ receivedAt, timestamp }: SegmentEvent): boolean {
    const { since, until } = this.selection
    if (since === undefined && until === undefined) {
      return true
    }
    const time = [receivedAt, timestamp].map(toTime).find((value) => !Number.isNaN(value))
    return time === undefined || (time >= (since ?? -Infinity) && time < (until ?? Infinity))
  }
}

function toTime(value: unknown): number {
  return typeof value === 'string' || value instanceof Date ? new Date(value).getTime() : NaN
}
