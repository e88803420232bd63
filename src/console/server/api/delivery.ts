import type { Instant } from './json'
import type { MessageSummary, Outcome } from './messages'

export type Counts = Record<Exclude<Outcome, 'dropped'>, number>

/** What became of a destination's messages over time. */
export interface DeliveryOverview {
  totals: Counts
  /** Seconds that each bucket covers. */
  bucketSeconds: number
  /** The oldest first, without gaps. */
  buckets: { startsAt: Instant; counts: Counts }[]
  /** The most frequent first. */
  reasons: DeliveryReason[]
}

export interface DeliveryReason {
  outcome: 'rejected' | 'failed' | 'filtered' | 'not subscribed'
  reason: string
  status?: number
  count: number
  lastAt: Instant
  /** The last few messages, if they are still kept. */
  samples: MessageSummary[]
}

export interface DeliveryQuery {
  /** How far back. Default: `1h`. */
  range?: '10m' | '1h' | '24h'
}
