import type { Message, TrackMessage } from '../messages/schema'
import type { User } from './records'

/** Bytes of an event without its text. */
const EVENT = 300

/** A `track` message, kept as text, which needs less memory than objects. */
export class RecordedEvent {
  readonly event: string
  readonly userId?: string
  readonly anonymousId?: string
  readonly groupId?: string
  readonly messageId?: string

  constructor(
    /** Identifies it in its list. */
    readonly key: string,
    /** When it was received, in milliseconds since the epoch. */
    readonly at: number,
    message: TrackMessage,
    private readonly text: string
  ) {
    this.event = message.event
    this.userId = message.userId
    this.anonymousId = message.anonymousId
    this.groupId = groupIdOf(message)
    this.messageId = message.messageId
  }

  get message(): TrackMessage {
    // The cast: it is the text of such a message.
    return JSON.parse(this.text) as TrackMessage
  }

  get bytes(): number {
    return EVENT + this.text.length
  }

  get texts(): unknown[] {
    return [this.event, this.userId, this.anonymousId, this.groupId, this.messageId]
  }

  isOf({ userId, anonymousIds }: User): boolean {
    return this.userId === undefined
      ? this.anonymousId !== undefined && anonymousIds.has(this.anonymousId)
      : this.userId === userId
  }
}

/** `context` is open, so any other value is plain data. */
export function groupIdOf({ context }: Message): string | undefined {
  const groupId = context?.groupId
  return typeof groupId === 'string' && groupId !== '' ? groupId : undefined
}
