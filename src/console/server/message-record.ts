import type { EventTrace } from '../../runtime'
import type { Change, FinalOutcome, Instant, JsonObject, MessageSummary, Origin, Outcome } from './api'

/** A message as the console keeps it, from the call to the User. Its deliveries and changes grow as they happen. */
export interface MessageRecord {
  readonly id: string
  readonly messageId?: string
  readonly sourceId?: string
  readonly receivedAt: Instant
  readonly origin: Origin
  readonly event: JsonObject
  /** Why Segment drops it. */
  readonly dropped?: string
  readonly deliveries: DeliveryState[]
  readonly changes: Change[]
}

/** A message on its way to one destination. */
export interface DeliveryState {
  readonly destination: { id: string; name: string }
  /** Filled by the runtime. */
  readonly trace: EventTrace
  /** One per mapping, in the order of the trace's. */
  readonly mappings: MappingState[]
}

export interface MappingState {
  readonly mappingId: string
  outcome: FinalOutcome | 'pending'
  reason?: string
  status?: number
  attempts: number
  nextAttemptAt?: Instant
}

export function summarize(record: MessageRecord): MessageSummary {
  const { id, messageId, sourceId, receivedAt, origin, event, dropped, deliveries } = record
  const mappings = deliveries.flatMap((delivery) => delivery.mappings)
  return {
    id,
    messageId,
    sourceId,
    receivedAt,
    origin,
    type: textOf(event.type) ?? 'unknown',
    title: titleOf(event),
    user: textOf(event.userId) ?? textOf(event.anonymousId),
    outcome: outcomeOf(record),
    reason: dropped ?? worstMapping(mappings)?.reason,
    attempts: mappings.reduce((sum, { attempts }) => sum + attempts, 0)
  }
}

/** The outcome of the message as a whole: an error in one place is not made good by success in another. */
export function outcomeOf({ dropped, deliveries }: Pick<MessageRecord, 'dropped' | 'deliveries'>): Outcome {
  return dropped === undefined ? (worst(deliveries.map(deliveryOutcome)) ?? 'no destination') : 'dropped'
}

/** The outcome at one destination. */
export function deliveryOutcome({ trace, mappings }: DeliveryState): FinalOutcome | 'pending' {
  return worst(mappings.map(({ outcome }) => outcome)) ?? (trace.integrations.isEnabled ? 'not subscribed' : 'filtered')
}

/** The mapping that decides what became of the message. */
export function worstMapping(mappings: MappingState[]): MappingState | undefined {
  const outcome = worst(mappings.map((mapping) => mapping.outcome))
  return mappings.find((mapping) => mapping.outcome === outcome)
}

/** From the one that matters most to the one that matters least. */
const BY_WEIGHT = ['pending', 'failed', 'rejected', 'delivered', 'filtered', 'not subscribed'] as const

function worst(outcomes: (FinalOutcome | 'pending')[]): FinalOutcome | 'pending' | undefined {
  return BY_WEIGHT.find((outcome) => outcomes.includes(outcome))
}

/** What tells messages of one type apart. */
function titleOf({ type, event, name, groupId, userId, anonymousId }: JsonObject): string {
  const isNamed = type === 'page' || type === 'screen'
  const title = type === 'track' ? event : type === 'group' ? groupId : isNamed ? name : undefined
  return textOf(title) ?? textOf(userId) ?? textOf(anonymousId) ?? ''
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : typeof value === 'string' && value !== '' ? value : undefined
}
