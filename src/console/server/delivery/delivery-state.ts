import { createTrace } from '../../../runtime'
import type { EventTrace } from '../../../runtime'
import type { FinalOutcome, Instant } from '../api'

/** A message on its way to one destination. */
export class DeliveryState {
  private live: EventTrace | undefined = createTrace()
  private packed = ''

  constructor(
    readonly destination: { id: string; name: string },
    /** One per mapping, in the order of the trace's. */
    readonly mappings: MappingState[]
  ) {}

  /** The runtime fills it until the message is settled. From then on it is a new copy each time. */
  get trace(): EventTrace {
    return this.live ?? (JSON.parse(this.packed) as EventTrace)
  }

  /** Keeps the trace as text: nothing more is added to it. The events of a batch go on to share its one request. */
  settle(): void {
    if (this.live?.mappings.every(({ batch }) => batch === undefined)) {
      this.packed = JSON.stringify(this.live)
      this.live = undefined
    }
  }

  /**
   * Approximate bytes in memory.
   *
   * @param eventLength of the event as JSON
   */
  bytes(eventLength: number): number {
    const attempts = this.mappings.reduce((sum, mapping) => sum + mapping.attempts, 0)
    return this.live ? LIVE_EVENT * eventLength * (1 + attempts) : this.packed.length
  }
}

/** An event as objects, such as a payload or a request, needs so much more than its JSON. */
const LIVE_EVENT = 2

export interface MappingState {
  readonly mappingId: string
  outcome: FinalOutcome | 'pending'
  reason?: string
  status?: number
  attempts: number
  nextAttemptAt?: Instant
}

/** The outcome at one destination. */
export function deliveryOutcome(delivery: DeliveryState): FinalOutcome | 'pending' {
  return (
    worst(delivery.mappings.map(({ outcome }) => outcome)) ??
    (delivery.trace.integrations.isEnabled ? 'not subscribed' : 'filtered')
  )
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
