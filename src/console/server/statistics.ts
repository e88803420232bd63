import { LRUCache } from 'lru-cache'
import { isKeyRejection } from './key-test'
import type { Counts, DeliveryOverview, DeliveryQuery, DeliveryReason, DestinationOutcome, MessageSummary } from './api'

/** How the past is cut: seconds per bucket, and how many buckets are kept. */
const SERIES = {
  '10m': { seconds: 10, length: 60 },
  '1h': { seconds: 60, length: 60 },
  '24h': { seconds: 1800, length: 48 }
} as const

type Range = keyof typeof SERIES

const RANGES = Object.keys(SERIES) as Range[]

/** Different reasons that are kept at most. The one that occurred longest ago is evicted. */
const MAX_REASONS = 100

const MAX_SAMPLES = 5

interface Reason extends Omit<DeliveryReason, 'isKeyRejected' | 'lastAt' | 'samples'> {
  lastAt: number
  sampleIds: string[]
}

/** Counts what became of one destination's messages, with flat memory. */
export class Statistics {
  private readonly totals = noCounts()
  /** By range, then by the number of the bucket since 1970. */
  private readonly series = new Map(RANGES.map((range) => [range, new Map<number, Counts>()]))
  private readonly reasons = new LRUCache<string, Reason>({ max: MAX_REASONS })

  /** Counts one message under its final outcome. */
  add(
    id: string,
    { outcome, reason, status }: Pick<Reason, 'status'> & { outcome: DestinationOutcome; reason?: string }
  ): void {
    const now = Date.now()
    this.totals[outcome]++
    for (const range of RANGES) {
      this.bucketAt(range, now)[outcome]++
    }
    if (outcome !== 'delivered') {
      this.addReason(id, { outcome, reason: reason ?? outcome, status, count: 0, lastAt: now, sampleIds: [] })
    }
  }

  overview(
    { range = '1h' }: DeliveryQuery,
    pending: number,
    summaryOf: (id: string) => MessageSummary | undefined
  ): DeliveryOverview {
    const { seconds, length } = SERIES[range]
    const last = Math.floor(Date.now() / 1000 / seconds)
    const buckets = this.series.get(range)
    return {
      totals: this.totals,
      pending,
      bucketSeconds: seconds,
      buckets: Array.from({ length }, (_, index) => {
        const number = last - length + 1 + index
        return {
          startsAt: new Date(number * seconds * 1000).toISOString(),
          counts: buckets?.get(number) ?? noCounts()
        }
      }),
      reasons: [...this.reasons.values()]
        // By name if they are as frequent, so that rows keep their places.
        .sort((one, other) => other.count - one.count || one.reason.localeCompare(other.reason))
        .map(({ sampleIds, lastAt, ...reason }) => ({
          ...reason,
          isKeyRejected: isKeyRejection(reason.status),
          lastAt: new Date(lastAt).toISOString(),
          samples: sampleIds.flatMap((id) => summaryOf(id) ?? [])
        }))
    }
  }

  private bucketAt(range: Range, now: number): Counts {
    const { seconds, length } = SERIES[range]
    const buckets = this.series.get(range) ?? new Map<number, Counts>()
    const number = Math.floor(now / 1000 / seconds)
    const counts = buckets.get(number) ?? noCounts()
    if (!buckets.has(number)) {
      buckets.set(number, counts)
      for (const old of buckets.keys()) {
        if (old <= number - length) {
          buckets.delete(old)
        }
      }
    }
    return counts
  }

  private addReason(id: string, reason: Reason): void {
    const key = `${reason.outcome} ${reason.reason}`
    const { count, sampleIds } = this.reasons.get(key) ?? reason
    this.reasons.set(key, { ...reason, count: count + 1, sampleIds: [id, ...sampleIds].slice(0, MAX_SAMPLES) })
  }
}

function noCounts(): Counts {
  return { delivered: 0, rejected: 0, failed: 0, filtered: 0, 'not subscribed': 0 }
}
