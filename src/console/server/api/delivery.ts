import type { Instant } from './json'
import type { DestinationOutcome, MessageSummary } from './messages'

export type Counts = Record<DestinationOutcome, number>

/** What became of a destination's messages over time. */
export interface DeliveryOverview {
  totals: Counts
  /** Messages on their way, or waiting for their next attempt. */
  pending: number
  /** Seconds that each bucket covers. */
  bucketSeconds: number
  /** The oldest first, without gaps. */
  buckets: { startsAt: Instant; counts: Counts }[]
  /** The most frequent first. */
  reasons: DeliveryReason[]
}

export interface DeliveryReason {
  outcome: Exclude<DestinationOutcome, 'delivered'>
  reason: string
  status?: number
  /** Whether another API key is what helps. */
  isKeyRejected: boolean
  count: number
  lastAt: Instant
  /** The last few messages, if they are still kept. */
  samples: MessageSummary[]
}

export interface DeliveryQuery {
  /** How far back. Default: `1h`. */
  range?: '10m' | '1h' | '24h'
}
