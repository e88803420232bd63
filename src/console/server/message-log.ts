import { EventEmitter, once } from 'node:events'
import type { MessageQuery, MessageSummary, Page } from './api'
import { MessageRecord, outcomeOf, summarize } from './message-record'
import type { ArrivedMessage } from './message-record'
import { matchesSearch, pageOf } from './page'

/** The memory for all messages, by the number that is kept. */
const BYTES_PER_MESSAGE = 8 * 1024
const MIN_BYTES = 16 * 1024 * 1024

interface Entry {
  readonly record: MessageRecord
  /** As they were counted last. */
  bytes: number
}

/** The last messages, from every source. The oldest makes room. */
export class MessageLog {
  /** By their numbers, which have no gap. */
  private readonly entries = new Map<number, Entry>()
  private readonly byMessageId = new Map<string, MessageRecord>()
  private readonly changes = new EventEmitter().setMaxListeners(0)
  private readonly closed = new AbortController()
  private readonly maxBytes: number
  private newest = 0
  private bytes = 0
  private droppedCount = 0

  constructor(private readonly limit: number) {
    this.maxBytes = Math.max(MIN_BYTES, limit * BYTES_PER_MESSAGE)
  }

  /** How many messages had to make room so far. */
  get dropped(): number {
    return this.droppedCount
  }

  add(message: ArrivedMessage): MessageRecord {
    this.newest++
    const record = new MessageRecord(String(this.newest), message)
    this.entries.set(this.newest, { record, bytes: 0 })
    // A duplicate, which Segment drops, does not hide the message that it repeats.
    if (record.messageId !== undefined && (record.dropped === undefined || !this.byMessageId.has(record.messageId))) {
      this.byMessageId.set(record.messageId, record)
    }
    this.measure(record)
    return record
  }

  /** Tells those who wait for a message that it has arrived, or that something about it has changed. */
  touch(record: MessageRecord): void {
    this.measure(record)
    this.changes.emit('change', record)
  }

  get(id: string): MessageRecord | undefined {
    return this.entries.get(Number(id))?.record
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
      total: this.entries.size,
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
    this.entries.clear()
    this.byMessageId.clear()
    this.bytes = 0
    this.droppedCount = 0
  }

  /** Ends every wait. */
  close(): void {
    this.closed.abort()
  }

  private *newestFirst(after = String(this.newest + 1)): Iterable<MessageRecord> {
    const oldest = this.newest - this.entries.size
    for (let number = Math.min(Number(after) - 1, this.newest); number > oldest; number--) {
      const entry = this.entries.get(number)
      if (entry) {
        yield entry.record
      }
    }
  }

  /** Counts the bytes of a message that is new or has changed. The newest stays even if it alone is too large. */
  private measure({ id, bytes }: MessageRecord): void {
    const entry = this.entries.get(Number(id))
    if (entry) {
      this.bytes += bytes - entry.bytes
      entry.bytes = bytes
    }
    while (this.entries.size > this.limit || (this.bytes > this.maxBytes && this.entries.size > 1)) {
      this.dropOldest()
    }
  }

  private dropOldest(): void {
    const number = this.newest - this.entries.size + 1
    const entry = this.entries.get(number)
    this.entries.delete(number)
    this.droppedCount++
    if (entry) {
      const { record, bytes } = entry
      this.bytes -= bytes
      if (record.messageId !== undefined && this.byMessageId.get(record.messageId) === record) {
        this.byMessageId.delete(record.messageId)
      }
    }
  }
}
