import { createTrace, worse } from '../../../runtime'
import type { EventTrace } from '../../../runtime'
import type { DestinationOutcome, Instant, Mapping, MessageOutcome } from '../api'
import type { TextRing } from '../text-ring'
import { PackedTrace } from './packed-trace'

/** What one mapping made of a message. */
export interface Decision {
  outcome: DestinationOutcome | 'pending'
  reason?: string
  status?: number
  /** How many attempts were made. */
  attempts: number
  /** When the next attempt is due. */
  nextAttemptAt?: Instant
}

/** A message on its way to one destination. */
export class DeliveryState {
  /** When the next attempt under a mapping is due, by the mapping's index. */
  readonly nextAttempts: (Instant | undefined)[] = []
  /** Why the console did not even try. */
  refused: string | undefined
  private live: EventTrace | undefined = createTrace()
  private packed: PackedTrace | undefined
  private settled: Decision[] | undefined

  constructor(
    readonly destination: { id: string; name: string },
    /** In the order of the trace's, as they were when the message came. */
    readonly mappings: readonly Pick<Mapping, 'id' | 'fields'>[],
    private readonly texts: TextRing
  ) {}

  /** The runtime fills it until the message is settled. From then on it is a new copy each time. */
  get trace(): EventTrace {
    return this.live ?? this.packed?.unpack() ?? createTrace()
  }

  /** One per mapping, in their order. */
  get decisions(): Decision[] {
    return this.settled ?? this.trace.mappings.map((mapping, index) => decisionOf(mapping, this.nextAttempts[index]))
  }

  get outcome(): MessageOutcome {
    return this.refused === undefined ? this.decision.outcome : 'queue full'
  }

  get decision(): Decision {
    return decide(this.decisions) ?? { outcome: 'not subscribed', attempts: 0 }
  }

  /** Keeps the trace as text: nothing more is added to it. */
  settle(): void {
    if (this.live) {
      this.settled = this.decisions
      this.packed = new PackedTrace(this.live, this.texts)
      this.live = undefined
    }
  }
}

/** The one that decides what became of the message: the worst. Undefined if there are none. */
export function decide(decisions: Decision[]): Decision | undefined {
  return decisions.length > 0 ? decisions.reduce(worse) : undefined
}

/** What one mapping made of a message: it is pending before its first attempt, and before the next one. */
export function decisionOf(
  { outcome, reason, status, attempts }: EventTrace['mappings'][number],
  nextAttemptAt?: Instant
): Decision {
  return {
    outcome: outcome === undefined || outcome === 'retryable' ? 'pending' : outcome,
    reason,
    status,
    attempts: attempts.length,
    nextAttemptAt
  }
}
