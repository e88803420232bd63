import type { Outcome } from '../runtime/delivery'
import type { EventFate } from '../runtime/run'

/** Why one event did not arrive. `line` counts the items of a JSON array where `unit` says so. */
type Reason = Pick<EventFate, 'unit' | 'line' | 'outcome' | 'reason'> & { file: string }

const REASONS_SHOWN = 10

/** Counts what became of every event, and keeps the first reasons why one did not arrive. */
export class Summary {
  private readonly counts: Record<Outcome, number> = {
    delivered: 0,
    'not subscribed': 0,
    filtered: 0,
    refused: 0,
    failed: 0
  }
  private readonly reasons: Reason[] = []
  /** The last event that was read, where the user stopped the run before its end. */
  stoppedAt?: string

  /** How many events should have arrived, did not, and cannot be kept: there is no whole line of them. */
  unkeepable = 0

  add(file: string, { unit, line, raw, outcome, reason }: EventFate): void {
    this.counts[outcome]++
    if (!isUndelivered(outcome)) {
      return
    }
    if (!raw) {
      this.unkeepable++
    }
    if (this.reasons.length < REASONS_SHOWN) {
      this.reasons.push({ file, unit, line, outcome, reason })
    }
  }

  get read(): number {
    return Object.values(this.counts).reduce((sum, count) => sum + count, 0)
  }

  /** How many events should have arrived and did not. */
  get undelivered(): number {
    return this.counts.refused + this.counts.failed
  }

  toJSON() {
    const { delivered, 'not subscribed': notSubscribed, filtered, refused, failed } = this.counts
    return {
      read: this.read,
      delivered,
      notSubscribed,
      filtered,
      refused,
      failed,
      reasons: this.reasons,
      stoppedAt: this.stoppedAt
    }
  }

  toString(): string {
    const rows: [string, number][] = [['read', this.read], ...Object.entries(this.counts)]
    const reasons = this.reasons.map(
      ({ file, unit, line, outcome, reason }) => `${file}, ${unit} ${line}: ${outcome}. ${reason}`
    )
    const more = this.undelivered - this.reasons.length
    return [
      ...rows.map(([label, count]) => `${label.padEnd(14)} ${count}`),
      ...(reasons.length > 0 ? ['', ...reasons] : []),
      ...(more > 0 ? [`… and ${more} more.`] : [])
    ].join('\n')
  }
}

/** Whether an event with this outcome should have arrived and did not. */
export function isUndelivered(outcome: Outcome): boolean {
  return outcome === 'refused' || outcome === 'failed'
}
