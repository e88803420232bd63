import { isUndelivered } from './result'
import type { EventResult, Location, EventOutcome } from './result'

/** A reason, how many events have it, and the first of them. */
export interface Reason extends Location {
  outcome: EventOutcome
  reason: string
  status?: number
  count: number
}

/** How many events have each outcome. */
export type Counts = Record<EventOutcome, number>

/** What a tally holds, as JSON for a checkpoint. */
export interface TallyState {
  counts: Counts
  /** Undelivered events that can't be saved, because the input is malformed there. */
  unsaved: number
  reasons: Reason[]
}

/** More reasons than this are counted together, so that messages with an id in them don't fill memory. */
const MAX_REASONS = 1000

/** Counts outcomes and groups reasons. Its memory does not grow with the number of events. */
export class Tally {
  readonly counts: Counts
  unsaved: number
  private readonly reasons: Map<string, Reason>

  constructor(state?: TallyState) {
    this.counts = state?.counts ?? {
      delivered: 0,
      'not subscribed': 0,
      filtered: 0,
      rejected: 0,
      failed: 0,
      'not tried': 0
    }
    this.unsaved = state?.unsaved ?? 0
    this.reasons = new Map(state?.reasons.map((reason) => [keyOf(reason), reason]))
  }

  add(result: EventResult): void {
    this.counts[result.outcome]++
    if (isUndelivered(result.outcome) && !result.raw) {
      this.unsaved++
    }
    if (result.reason !== undefined) {
      this.addReason(result, result.reason)
    }
  }

  /** All events counted. */
  get total(): number {
    return Object.values(this.counts).reduce((sum, count) => sum + count, 0)
  }

  /** Events that should have arrived and did not. */
  get undelivered(): number {
    return this.counts.rejected + this.counts.failed + this.counts['not tried']
  }

  /** The most frequent reasons first. */
  listReasons(): Reason[] {
    return [...this.reasons.values()].sort((a, b) => b.count - a.count)
  }

  toJSON(): TallyState {
    return { counts: this.counts, unsaved: this.unsaved, reasons: [...this.reasons.values()] }
  }

  private addReason({ outcome, status, file, unit, line }: EventResult, text: string): void {
    const isFull = this.reasons.size >= MAX_REASONS && !this.reasons.has(keyOf({ outcome, reason: text }))
    const reason = isFull ? 'Other reasons.' : text
    const known = this.reasons.get(keyOf({ outcome, reason }))
    if (known) {
      known.count++
    } else {
      this.reasons.set(keyOf({ outcome, reason }), { outcome, reason, status, count: 1, file, unit, line })
    }
  }
}

function keyOf({ outcome, reason }: Pick<Reason, 'outcome' | 'reason'>): string {
  return `${outcome} ${reason}`
}
