import { EventEmitter, once } from 'node:events'
import type { MessageQuery, MessageSummary, Page } from './api'
import { MessageRecord, outcomeOf, summarize } from './message-record'
import type { ArrivedMessage } from './message-record'
import { matchesSearch, pageOf } from './page'
import { TextRing } from './text-ring'

/** The memory for the texts of all messages, by the number that is kept. */
const BYTES_PER_MESSAGE = 8 * 1024
const MIN_BYTES = 16 * 1024 * 1024

/** The last messages, from every source. The oldest makes room. */
export class MessageLog {
  /** By their numbers, which have no gap. */
  private readonly records = new Map<number, MessageRecord>()
  private readonly byMessageId = new Map<string, MessageRecord>()
  private readonly changes = new EventEmitter().setMaxListeners(0)
  private readonly closed = new AbortController()
  private readonly texts: TextRing
  private newest = 0
  private droppedCount = 0

  constructor(private readonly limit: number) {
    this.texts = new TextRing(Math.max(MIN_BYTES, limit * BYTES_PER_MESSAGE))
  }

  /** How many messages had to make room so far. */
  get dropped(): number {
    return this.droppedCount
  }

  /** Of all texts, allocated. */
  get bytes(): number {
    return this.texts.bytes
  }

  add(message: ArrivedMessage): MessageRecord {
    this.newest++
    const record = new MessageRecord(String(this.newest), message, this.texts)
    this.records.set(this.newest, record)
    // A duplicate, which Segment drops, does not hide the message that it repeats.
    if (record.messageId !== undefined && (record.dropped === undefined || !this.byMessageId.has(record.messageId))) {
      this.byMessageId.set(record.messageId, record)
    }
    this.makeRoom()
    return record
  }

  /** Tells those who wait for a message that it has arrived, or that something about it has changed. */
  touch(record: MessageRecord): void {
    this.makeRoom()
    this.changes.emit('change', record)
  }

  get(id: string): MessageRecord | undefined {
    return this.records.get(Number(id))
  }

  /** The last message with this `messageId`. */
  withMessageId(messageId: string): MessageRecord | undefined {
    return this.byMessageId.get(messageId)
  }

  /** The newest first. */
  list({ source, destination, type, outcome, messageId, search, ...query }: MessageQuery): Page<MessageSummary> {
    const page = pageOf(this.newestFirst(query.after), {
      ...query,
      positionOf: ({ id }) => Number(id),
      matches: (record) =>
        (source === undefined || record.sourceId === source) &&
        (destination === undefined || record.deliveries.some((delivery) => delivery.destination.id === destination)) &&
        (type === undefined || record.type === type) &&
        (messageId === undefined || record.messageId === messageId) &&
        (outcome === undefined || outcomeOf(record) === outcome) &&
        (!search || matchesSearch(search, [record.text, record.dropped])),
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

  private *newestFirst(after = String(this.newest + 1)): Iterable<MessageRecord> {
    const oldest = this.newest - this.records.size
    for (let number = Math.min(Number(after) - 1, this.newest); number > oldest; number--) {
      const record = this.records.get(number)
      if (record) {
        yield record
      }
    }
  }

  private makeRoom(): void {
    let oldest = this.oldest()
    while (oldest && (this.records.size > this.limit || !oldest.isKept)) {
      this.drop(oldest)
      oldest = this.oldest()
    }
    oldest?.dropOlderTexts()
  }

  private oldest(): MessageRecord | undefined {
    return this.records.get(this.newest - this.records.size + 1)
  }

  private drop(record: MessageRecord): void {
    this.records.delete(Number(record.id))
    this.droppedCount++
    if (record.messageId !== undefined && this.byMessageId.get(record.messageId) === record) {
      this.byMessageId.delete(record.messageId)
    }
  }
}
