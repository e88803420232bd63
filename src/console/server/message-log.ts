import { EventEmitter, once } from 'node:events'
import type { MessageQuery, MessageSummary, Page } from './api'
import { outcomeOf, summarize } from './message-record'
import type { MessageRecord } from './message-record'
import { matchesSearch, pageOf } from './page'

/** The last messages, from every source. The oldest makes room. */
export class MessageLog {
  private readonly records = new Map<string, MessageRecord>()
  private readonly byMessageId = new Map<string, string>()
  private readonly changes = new EventEmitter().setMaxListeners(0)
  private readonly closed = new AbortController()
  private count = 0
  private droppedCount = 0

  constructor(private readonly limit: number) {}

  /** How many messages had to make room so far. */
  get dropped(): number {
    return this.droppedCount
  }

  add(message: Omit<MessageRecord, 'id' | 'deliveries' | 'changes'>): MessageRecord {
    this.count++
    const record: MessageRecord = { ...message, id: String(this.count), deliveries: [], changes: [] }
    this.records.set(record.id, record)
    // A duplicate, which Segment drops, does not hide the message that it repeats.
    if (record.messageId !== undefined && (record.dropped === undefined || !this.byMessageId.has(record.messageId))) {
      this.byMessageId.set(record.messageId, record.id)
    }
    if (this.records.size > this.limit) {
      this.dropOldest()
    }
    return record
  }

  /** Tells those who wait for a message that it has arrived, or that something about it has changed. */
  touch(record: MessageRecord): void {
    this.changes.emit('change', record)
  }

  get(id: string): MessageRecord | undefined {
    return this.records.get(id)
  }

  /** The last message with this `messageId`. */
  withMessageId(messageId: string): MessageRecord | undefined {
    return this.records.get(this.byMessageId.get(messageId) ?? '')
  }

  /** The newest first. */
  list({ source, destination, type, outcome, messageId, search, ...query }: MessageQuery): Page<MessageSummary> {
    const page = pageOf([...this.records.values()].reverse(), {
      ...query,
      positionOf: ({ id }) => Number(id),
      matches: (record) =>
        (source === undefined || record.sourceId === source) &&
        (destination === undefined || record.deliveries.some((delivery) => delivery.destination.id === destination)) &&
        (type === undefined || record.event.type === type) &&
        (messageId === undefined || record.messageId === messageId) &&
        (outcome === undefined || outcomeOf(record) === outcome) &&
        (!search || matchesSearch(search, [JSON.stringify(record.event), record.dropped])),
      total: this.records.size,
      dropped: this.droppedCount
    })
    return { ...page, items: page.items.map(summarize) }
  }

  /**
   * Finds a message once it has arrived and is no longer pending.
   *
   * @param seconds how long to wait for that. Then it resolves to the message as it is, or to nothing.
   */
  async settled(
    find: () => MessageRecord | undefined,
    seconds: number,
    left: AbortSignal
  ): Promise<MessageRecord | undefined> {
    const signal = AbortSignal.any([left, this.closed.signal, AbortSignal.timeout(seconds * 1000)])
    for (;;) {
      const record = find()
      if (signal.aborted || seconds === 0 || (record && outcomeOf(record) !== 'pending')) {
        return record
      }
      await once(this.changes, 'change', { signal }).catch(() => undefined)
    }
  }

  clear(): void {
    this.records.clear()
    this.byMessageId.clear()
    this.droppedCount = 0
  }

  /** Ends every wait. */
  close(): void {
    this.closed.abort()
  }

  private dropOldest(): void {
    const [oldest] = this.records.values()
    this.records.delete(oldest.id)
    this.droppedCount++
    if (oldest.messageId !== undefined && this.byMessageId.get(oldest.messageId) === oldest.id) {
      this.byMessageId.delete(oldest.messageId)
    }
  }
}
