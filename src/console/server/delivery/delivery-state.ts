import { createTrace } from '../../../runtime'
import type { EventTrace } from '../../../runtime'
import type { FinalOutcome, Instant } from '../api'
import type { TextRing } from '../text-ring'
import { PackedTrace } from './packed-trace'

/** A message on its way to one destination. */
export class DeliveryState {
  private live: EventTrace | undefined = createTrace()
  private packed: PackedTrace | undefined

  constructor(
    readonly destination: { id: string; name: string },
    /** One per mapping, in the order of the trace's. */
    readonly mappings: MappingState[],
    private readonly texts: TextRing
  ) {}

  /** The runtime fills it until the message is settled. From then on it is a new copy each time. */
  get trace(): EventTrace {
    return this.live ?? this.packed?.unpack() ?? createTrace()
  }

  /** Keeps the trace as text: nothing more is added to it. */
  settle(): void {
    if (this.live) {
      this.packed = new PackedTrace(this.live, this.texts)
      this.live = undefined
    }
  }
}

export interface MappingState {
  readonly mappingId: string
  outcome: FinalOutcome | 'pending'
  reason?: string
  status?: number
  attempts: number
  nextAttemptAt?: Instant
}

/** The outcome at one destination. */
export function deliveryOutcome(delivery: Pick<DeliveryState, 'mappings'>): FinalOutcome | 'pending' {
  return worst(delivery.mappings.map(({ outcome }) => outcome)) ?? 'not subscribed'
}

/** The mapping that decides what became of the message. */
export function worstMapping(mappings: MappingState[]): MappingState | undefined {
  const outcome = worst(mappings.map((mapping) => mapping.outcome))
  return mappings.find((mapping) => mapping.outcome === outcome)
}

/** From the one that matters most to the one that matters least. */
const BY_WEIGHT = ['pending', 'failed', 'rejected', 'delivered', 'filtered', 'not subscribed'] as const

/** The outcome that matters most. */
export function worst(outcomes: (FinalOutcome | 'pending')[]): FinalOutcome | 'pending' | undefined {
  return BY_WEIGHT.find((outcome) => outcomes.includes(outcome))
}
