/** What Engage reads of a message. Every message that a source accepts fits. */
export interface ReceivedEvent {
  type: string
  /** ISO 8601. */
  timestamp: string
  userId?: unknown
  anonymousId?: unknown
  event?: unknown
  properties?: unknown
  context?: unknown
}

/** Whom a trait belongs to, in the words of the call that sets it. */
export type Subject = { userId: string } | { anonymousId: string } | { groupId: string }

/** An event as conditions see it. */
export class PerformedEvent {
  /** The properties as JSON: text needs less memory than objects. */
  private readonly text: string

  constructor(
    readonly event: string,
    /** Milliseconds since 1970. */
    readonly at: number,
    readonly ids: { userId?: string; anonymousId?: string; groupId?: string },
    properties: Record<string, unknown>
  ) {
    this.text = JSON.stringify(properties)
  }

  /** A new copy each time. */
  get properties(): Record<string, unknown> {
    return JSON.parse(this.text) as Record<string, unknown>
  }

  /** Approximate bytes in memory. */
  get bytes(): number {
    return EVENT + this.text.length
  }
}

/** Bytes of an event without its properties. */
const EVENT = 300

/** The memory for all events, by the number that is kept. */
const BYTES_PER_EVENT = 2048
const MIN_BYTES = 8 * 1024 * 1024

/** The events received last, at most `limit` of them, and which anonymous IDs turned out to be which Users. */
export class EventHistory {
  private readonly events = new Set<PerformedEvent>()
  /** Goes on where it was: a new iterator would pass every deleted event again. */
  private readonly oldestFirst = this.events.values()
  private readonly users = new Map<string, string>()
  private readonly oldestIdsFirst = this.users.keys()
  private readonly maxBytes: number
  private bytes = 0
  private droppedSoFar = 0

  constructor(private readonly limit: number) {
    this.maxBytes = Math.max(MIN_BYTES, limit * BYTES_PER_EVENT)
  }

  get kept(): number {
    return this.events.size
  }

  /** How many events were dropped because of the limit. */
  get dropped(): number {
    return this.droppedSoFar
  }

  receive(message: ReceivedEvent): void {
    const ids = idsIn(message)
    if (ids.anonymousId !== undefined && ids.userId !== undefined) {
      this.users.delete(ids.anonymousId)
      this.users.set(ids.anonymousId, ids.userId)
      if (this.users.size > this.limit) {
        this.users.delete(this.oldestIdsFirst.next().value as string)
      }
    }
    if (message.type === 'track' && typeof message.event === 'string') {
      const { event, timestamp, properties } = message
      this.add(new PerformedEvent(event, Date.parse(timestamp), ids, objectOf(properties)))
    }
  }

  /** Events of one name, in the order received. */
  *named(name: string): Iterable<PerformedEvent> {
    for (const performed of this.events) {
      if (performed.event === name) {
        yield performed
      }
    }
  }

  /** The User who performed an event, even if the User was still anonymous then. */
  userOf({ userId, anonymousId }: PerformedEvent['ids']): Subject | undefined {
    const known = userId ?? (anonymousId === undefined ? undefined : this.users.get(anonymousId))
    return known !== undefined ? { userId: known } : anonymousId !== undefined ? { anonymousId } : undefined
  }

  /** The newest stays even if it alone is too large. */
  private add(performed: PerformedEvent): void {
    this.events.add(performed)
    this.bytes += performed.bytes
    while (this.events.size > this.limit || (this.bytes > this.maxBytes && this.events.size > 1)) {
      const oldest = this.oldestFirst.next().value as PerformedEvent
      this.events.delete(oldest)
      this.bytes -= oldest.bytes
      this.droppedSoFar++
    }
  }
}

function idsIn({ userId, anonymousId, context }: ReceivedEvent): PerformedEvent['ids'] {
  return { userId: idOf(userId), anonymousId: idOf(anonymousId), groupId: idOf(objectOf(context).groupId) }
}

function idOf(id: unknown): string | undefined {
  return typeof id === 'number' || (typeof id === 'string' && id !== '') ? String(id) : undefined
}

function objectOf(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {}
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
