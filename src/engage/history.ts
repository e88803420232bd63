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
export interface PerformedEvent {
  event: string
  /** Milliseconds since 1970. */
  at: number
  properties: Record<string, unknown>
  ids: { userId?: string; anonymousId?: string; groupId?: string }
}

/** The events received last, at most `limit` of them, and which anonymous IDs turned out to be which Users. */
export class EventHistory {
  private readonly events = new Set<PerformedEvent>()
  private readonly users = new Map<string, string>()
  private droppedSoFar = 0

  constructor(private readonly limit: number) {}

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
      dropOldest(this.users, this.limit)
    }
    if (message.type === 'track' && typeof message.event === 'string') {
      const { event, timestamp, properties } = message
      this.events.add({ event, at: Date.parse(timestamp), properties: objectOf(properties), ids })
      this.droppedSoFar += dropOldest(this.events, this.limit)
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
}

function dropOldest(values: Set<unknown> | Map<unknown, unknown>, limit: number): number {
  if (values.size <= limit) {
    return 0
  }
  const [oldest] = values.keys()
  values.delete(oldest)
  return 1
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
