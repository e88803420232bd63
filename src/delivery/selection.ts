import type { SegmentEvent } from '@segment/actions-core'
import { isAfter } from './result'
import type { Location, Position } from './result'
import type { EventRead } from './inputs/read-events'
import { isInShard } from './shard'
import type { Shard } from './shard'

/** Which events of the inputs a run delivers. */
export interface Selection {
  /** The first position to deliver. */
  from?: Position
  period?: Period
  /** Events at most, counted in the period and over all shards. */
  limit?: number
  shard?: Shard
}

/** The events that were received in a time: by `receivedAt`, else `timestamp`. */
export interface Period {
  /** Milliseconds since 1970. */
  since?: number
  /** Milliseconds since 1970. This moment is outside. */
  until?: number
  /** Reads a date of an event, as milliseconds since 1970. */
  timeOf(value: unknown): number | undefined
}

/** How many events were left out, and how many count for the limit. */
export interface SelectionCounts {
  counted: number
  outsidePeriod: number
  /** Events without a readable time, and the first of them. They are in every period. */
  withoutTime: number
  firstWithoutTime?: Location
  otherShards: number
}

/** Decides for one event after the other whether it is delivered. */
export class Selector {
  /**
   * @param counts of an earlier run up to `countedUpTo`, which this run continues
   */
  constructor(
    private readonly selection: Selection,
    readonly counts: SelectionCounts = { counted: 0, outsidePeriod: 0, withoutTime: 0, otherShards: 0 },
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
    if (event && !this.isInPeriod(event, read, isNew)) {
      return 'skip'
    }
    this.counts.counted += isNew ? 1 : 0
    if (shard && !isInShard(event, shard)) {
      this.counts.otherShards += isNew ? 1 : 0
      return 'skip'
    }
    return 'deliver'
  }

  private isInPeriod({ receivedAt, timestamp }: SegmentEvent, at: Location, isNew: boolean): boolean {
    const { period } = this.selection
    if (!period) {
      return true
    }
    const { since = -Infinity, until = Infinity, timeOf } = period
    const time = timeOf(receivedAt) ?? timeOf(timestamp)
    const isInside = time === undefined || (time >= since && time < until)
    if (isNew && time === undefined) {
      this.counts.withoutTime++
      this.counts.firstWithoutTime ??= { file: at.file, unit: at.unit, line: at.line }
    }
    this.counts.outsidePeriod += isNew && !isInside ? 1 : 0
    return isInside
  }
}
