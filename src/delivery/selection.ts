import type { SegmentEvent } from '@segment/actions-core'
import type { DeliveryResult, Route, SkippedOutcome } from '../runtime'
import { isAfter } from './result'
import type { Location, Position } from './result'
import type { EventRead } from './inputs/read-events'
import type { Keys } from './order'
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
interface Period {
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

/** Events with numbers that JavaScript can't hold and so rounds, and the path of such a number in the first of them. */
export interface RoundedNumbers {
  count: number
  first?: Location & { path: string }
}

/** The mappings that something goes to; if there are none, the result says why. */
export interface Selected {
  mappings: readonly number[]
  /** The event to send, if it is not the one that was read: destination filters change events. */
  event?: SegmentEvent
  result?: DeliveryResult<SkippedOutcome | 'rejected'>
}

/** The receiver's rules. */
export interface Rules {
  /** Where an event goes. */
  route(event: SegmentEvent): Route
  /** The order rule: which keys an event reads and which it writes, given the mappings that it goes to. */
  keysOf(event: SegmentEvent, mappings: readonly number[]): Keys
}

/** Decides for one event after the other whether it is delivered, and to which mappings. */
export class Selector {
  /** Of the events that this run delivers. */
  readonly rounded: RoundedNumbers = { count: 0 }

  /**
   * @param counts of an earlier run up to `countedUpTo`, which this run continues
   */
  constructor(
    private readonly selection: Selection,
    private readonly rules: Rules,
    readonly counts: SelectionCounts = { counted: 0, outsidePeriod: 0, withoutTime: 0, otherShards: 0 },
    private readonly countedUpTo?: Position
  ) {}

  /** @returns where it goes, `skip`, or `end` if no further event is delivered */
  select(read: EventRead): Selected | 'skip' | 'end' {
    const { from, limit = Infinity } = this.selection
    const isNew = !this.countedUpTo || isAfter(read, this.countedUpTo)
    if (isNew && this.counts.counted >= limit) {
      return 'end'
    }
    if (from && isAfter(from, read)) {
      return 'skip'
    }
    if ('event' in read && !this.isInPeriod(read.event, read, isNew)) {
      return 'skip'
    }
    this.counts.counted += isNew ? 1 : 0
    const selected = this.shareOf(read)
    if (!selected) {
      this.counts.otherShards += isNew ? 1 : 0
      return 'skip'
    }
    if ('event' in read && read.rounded !== undefined && selected.mappings.length > 0) {
      const { file, unit, line, rounded: path } = read
      this.rounded.count++
      this.rounded.first ??= { file, unit, line, path }
    }
    return selected
  }

  /**
   * The mappings for which this shard delivers an event: each mapping's keys decide. What goes to none is the first
   * shard's. Undefined if nothing is left for this shard.
   */
  private shareOf(read: EventRead): Selected | undefined {
    const { shard } = this.selection
    if (!('event' in read)) {
      const result = { outcome: 'rejected', reason: read.problem } as const
      return !shard || isInShard(undefined, shard) ? { mappings: [], result } : undefined
    }
    const route = this.rules.route(read.event)
    if (!shard) {
      return route
    }
    if (route.mappings.length === 0) {
      return isInShard(undefined, shard) ? route : undefined
    }
    const { event = read.event } = route
    const mappings = route.mappings.filter((mapping) => isInShard(this.decidingKey(event, mapping), shard))
    return mappings.length > 0 ? { ...route, mappings } : undefined
  }

  private decidingKey(event: SegmentEvent, mapping: number): string | undefined {
    const { writes, reads } = this.rules.keysOf(event, [mapping])
    return writes[0] ?? reads[0]
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
