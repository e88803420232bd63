import type { Outcome } from '../runtime/delivery-record'
import type { EventFate } from '../runtime/run'
import type { GivingUp } from './deliver/patience'

/** Why one event did not arrive. `line` counts the items of a JSON array where `unit` says so. */
type Reason = Pick<EventFate, 'unit' | 'line' | 'outcome' | 'reason'> & { file: string }

const REASONS_SHOWN = 10

/** Counts what became of every event, and keeps the first reasons why one did not arrive. */
export class Summary {
  private readonly counts: Record<Outcome, number> = {
    delivered: 0,
    'not subscribed': 0,
    filtered: 0,
    rejected: 0,
    failed: 0,
    'not tried': 0
  }
  private readonly reasons: Reason[] = []
  private hasGivenUp = false
  /** The last event of a run that ended before its input, and why it did where the user did not stop it. */
  stoppedAt?: string
  /** The first event that did not get through, where the run was given up. */
  resumeAt?: string

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
    if (outcome !== 'not tried' && this.reasons.length < REASONS_SHOWN) {
      this.reasons.push({ file, unit, line, outcome, reason })
    }
  }

  /**
   * The run ended before its input.
   *
   * @param place of the last event; empty where there was none
   */
  stop(place: string, reason?: string): void {
    this.stoppedAt = [`${place || 'the start'}.`, reason].filter(Boolean).join(' ')
    this.hasGivenUp = false
  }

  /** The run was given up. What follows may still be read, and counts as not tried. */
  giveUp(place: string, { reason, since }: GivingUp): void {
    this.stop(place, reason)
    this.resumeAt = since
    this.hasGivenUp = true
  }

  /** Whether all that followed was read, and counted as not tried. */
  get hasReadOn(): boolean {
    return this.hasGivenUp && this.notTried > 0
  }

  get read(): number {
    return Object.values(this.counts).reduce((sum, count) => sum + count, 0)
  }

  /** How many events should have arrived and did not. */
  get undelivered(): number {
    return this.counts.rejected + this.counts.failed + this.notTried
  }

  /** How many events were only read, after the run had been given up. */
  get notTried(): number {
    return this.counts['not tried']
  }

  toJSON() {
    const { delivered, 'not subscribed': notSubscribed, filtered, rejected, failed } = this.counts
    return {
      read: this.read,
      delivered,
      notSubscribed,
      filtered,
      rejected,
      failed,
      notTried: this.notTried,
      reasons: this.reasons,
      stoppedAt: this.stoppedAt,
      resumeAt: this.resumeAt
    }
  }

  toString(): string {
    const { 'not tried': notTried, ...counts } = this.counts
    const rows: [string, number][] = [['read', this.read], ...Object.entries(counts)]
    if (notTried > 0) {
      rows.push(['not tried', notTried])
    }
    const reasons = this.reasons.map(
      ({ file, unit, line, outcome, reason }) => `${file}, ${unit} ${line}: ${outcome}. ${reason}`
    )
    const more = this.undelivered - this.notTried - this.reasons.length
    return [
      ...rows.map(([label, count]) => `${label.padEnd(14)} ${count}`),
      ...(reasons.length > 0 ? ['', ...reasons] : []),
      ...(more > 0 ? [`… and ${more} more.`] : [])
    ].join('\n')
  }
}

/** Whether an event with this outcome should have arrived and did not. */
export function isUndelivered(outcome: Outcome): boolean {
  return outcome === 'rejected' || outcome === 'failed' || outcome === 'not tried'
}
