import { RecentMap } from '../memory/recent-map'

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
  private readonly events: RecentMap<PerformedEvent>
  private readonly users: RecentMap<string>

  constructor(limit: number) {
    const maxBytes = Math.max(MIN_BYTES, limit * BYTES_PER_EVENT)
    this.events = new RecentMap(limit, { bytesOf: ({ bytes }) => bytes, maxBytes })
    this.users = new RecentMap(limit)
  }

  get kept(): number {
    return this.events.size
  }

  /** How many events were evicted. */
  get dropped(): number {
    return this.events.dropped
  }

  /** The names of the events, those received last first. */
  get names(): string[] {
    const { items } = this.events.list({ order: 'newest first', limit: Infinity })
    return [...new Set(items.map(({ event }) => event))]
  }

  receive(message: ReceivedEvent): void {
    const ids = idsIn(message)
    if (ids.anonymousId !== undefined && ids.userId !== undefined) {
      this.users.set(ids.anonymousId, ids.userId)
    }
    if (message.type === 'track' && typeof message.event === 'string') {
      const { event, timestamp, properties } = message
      const performed = new PerformedEvent(event, Date.parse(timestamp), ids, objectOf(properties))
      this.events.set(this.events.nextKey, performed)
    }
  }

  /** Events of one name, in the order received. */
  named(name: string): PerformedEvent[] {
    return this.events.list({ order: 'oldest first', limit: Infinity, matches: ({ event }) => event === name }).items
  }

  /** The User who performed an event, even if the User was still anonymous then. */
  userOf({ userId, anonymousId }: PerformedEvent['ids']): Subject | undefined {
    const known = userId ?? (anonymousId === undefined ? undefined : this.users.get(anonymousId))
    return known !== undefined ? { userId: known } : anonymousId !== undefined ? { anonymousId } : undefined
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
