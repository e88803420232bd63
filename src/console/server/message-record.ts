import type { Change, Instant, JsonObject, MessageSummary, Origin, MessageOutcome } from './api'
import { decide, DeliveryState } from './delivery/delivery-state'
import type { StoredText, TextRing } from './text-ring'

/** What is known of a message when it arrives. */
export interface ArrivedMessage {
  readonly messageId?: string
  readonly sourceId?: string
  readonly receivedAt: Instant
  readonly origin: Origin
  readonly event: JsonObject
  /** Why Segment drops it. */
  readonly dropped?: string
  /** Why the source refused it, if it is a request. */
  readonly refused?: string
  /** What differs from Segment's documentation. */
  readonly hints?: readonly string[]
}

/** Changes of one message that are kept. Only a message that is sent again and again has more. */
const MAX_CHANGES = 50

/** A message as the console keeps it, from the call to the User. Its deliveries and changes grow as they happen. */
export class MessageRecord {
  readonly messageId?: string
  readonly sourceId?: string
  readonly receivedAt: Instant
  readonly origin: Origin
  readonly dropped?: string
  readonly refused?: string
  readonly hints: readonly string[]
  readonly type: string
  readonly title: string
  readonly user?: string
  readonly deliveries: DeliveryState[] = []
  /** The first ones. */
  readonly changes: Change[] = []
  /** How many more there were. */
  omittedChanges = 0
  /** The event as JSON: text needs less memory than objects. */
  private readonly stored: StoredText

  constructor(
    readonly id: string,
    { messageId, sourceId, receivedAt, origin, dropped, refused, hints = [], event }: ArrivedMessage,
    private readonly texts: TextRing
  ) {
    this.messageId = messageId
    this.sourceId = sourceId
    this.receivedAt = receivedAt
    this.origin = origin
    this.dropped = dropped
    this.refused = refused
    this.hints = hints
    this.type = textOf(event.type) ?? 'unknown'
    this.title = titleOf(event)
    this.user = textOf(event.userId) ?? textOf(event.anonymousId)
    this.stored = texts.add(JSON.stringify(event))
  }

  /** Whether its texts were not evicted yet. The others are written after the event's. */
  get isKept(): boolean {
    return this.stored.isKept
  }

  /** The event as JSON. */
  get text(): string {
    return this.stored.read()
  }

  /** A new copy each time. */
  get event(): JsonObject {
    return JSON.parse(this.text) as JsonObject
  }

  /** Bytes of the event as JSON. */
  get size(): number {
    return this.stored.length
  }

  /** Frees the memory of the messages before it, which are not kept any more. */
  dropOlderTexts(): void {
    this.texts.dropBefore(this.stored)
  }

  addChange(change: Change): void {
    if (this.changes.length < MAX_CHANGES) {
      this.changes.push(change)
    } else {
      this.omittedChanges++
    }
  }

  addDelivery(destination: DeliveryState['destination'], mappings: DeliveryState['mappings']): DeliveryState {
    const delivery = new DeliveryState(destination, mappings, this.texts)
    this.deliveries.push(delivery)
    return delivery
  }
}

export function summarize(record: MessageRecord): MessageSummary {
  const { id, messageId, sourceId, receivedAt, origin, type, title, user, dropped, refused, deliveries } = record
  const decisions = deliveries.flatMap((delivery) => delivery.decisions)
  return {
    id,
    messageId,
    sourceId,
    receivedAt,
    origin,
    type,
    title,
    user,
    outcome: outcomeOf(record),
    reason: dropped ?? refused ?? refusalOf(record) ?? decide(decisions)?.reason,
    attempts: decisions.reduce((sum, { attempts }) => sum + attempts, 0)
  }
}

/** The outcome of the message as a whole. */
export function outcomeOf(record: Pick<MessageRecord, 'dropped' | 'refused' | 'deliveries'>): MessageOutcome {
  if (record.refused !== undefined) {
    return 'refused'
  }
  if (record.dropped !== undefined) {
    return 'dropped'
  }
  if (refusalOf(record) !== undefined) {
    return 'queue full'
  }
  return decide(record.deliveries.map(({ decision }) => decision))?.outcome ?? 'no destination'
}

/** Why the console did not send it to a destination. */
export function refusalOf({ deliveries }: Pick<MessageRecord, 'deliveries'>): string | undefined {
  return deliveries.find(({ refused }) => refused !== undefined)?.refused
}

/** What tells messages of one type apart. */
function titleOf({ type, event, name, groupId, userId, anonymousId, method, path }: JsonObject): string {
  const isNamed = type === 'page' || type === 'screen'
  if (type === 'request') {
    return [method, path].filter((text) => typeof text === 'string').join(' ')
  }
  const title = type === 'track' ? event : type === 'group' ? groupId : isNamed ? name : undefined
  return textOf(title) ?? textOf(userId) ?? textOf(anonymousId) ?? ''
}

/** An ID or a name as text, if it is one. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : typeof value === 'string' && value !== '' ? value : undefined
}
