import { EventEmitter, once } from 'node:events'
import { RecentMap } from '../../memory/recent-map'
import type { MessageQuery, MessageSummary, Page } from './api'
import { MessageRecord, outcomeOf, summarize } from './message-record'
import type { ArrivedMessage } from './message-record'
import { pageOf } from './page'
import { TextRing } from './text-ring'

/** The memory for the texts of all messages, by the number that is kept. */
const BYTES_PER_MESSAGE = 8 * 1024
const MIN_BYTES = 16 * 1024 * 1024

/** The last messages, from every source. */
export class MessageLog {
  private readonly records: RecentMap<MessageRecord>
  private readonly byMessageId = new Map<string, MessageRecord>()
  private readonly changes = new EventEmitter().setMaxListeners(0)
  private readonly closed = new AbortController()
  private readonly texts: TextRing
  private newest = 0

  constructor(limit: number) {
    this.records = new RecentMap(limit, {
      onEvict: (record) => this.forget(record),
      textsOf: ({ text, dropped }) => [text, dropped]
    })
    this.texts = new TextRing(Math.max(MIN_BYTES, limit * BYTES_PER_MESSAGE))
  }

  /** How many messages were evicted. */
  get dropped(): number {
    return this.records.dropped
  }

  /** Of all texts, allocated. */
  get bytes(): number {
    return this.texts.bytes
  }

  add(message: ArrivedMessage): MessageRecord {
    const record = new MessageRecord(String(++this.newest), message, this.texts)
    this.records.set(record.id, record)
    // A duplicate, which Segment drops, does not hide the message that it repeats.
    if (record.messageId !== undefined && (record.dropped === undefined || !this.byMessageId.has(record.messageId))) {
      this.byMessageId.set(record.messageId, record)
    }
    this.evict()
    return record
  }

  /** Tells those who wait for a message that it has arrived, or that something about it has changed. */
  touch(record: MessageRecord): void {
    this.evict()
    this.changes.emit('change', record)
  }

  get(id: string): MessageRecord | undefined {
    return this.records.get(id)
  }

  /** The last message with this `messageId`. */
  withMessageId(messageId: string): MessageRecord | undefined {
    return this.byMessageId.get(messageId)
  }

  /** The newest first. */
  list({ source, destination, type, outcome, messageId, ...query }: MessageQuery): Page<MessageSummary> {
    const isFiltered = [source, destination, type, outcome, messageId].some((value) => value !== undefined)
    const hasOutcome = (record: MessageRecord) =>
      destination === undefined
        ? outcome === undefined || outcomeOf(record) === outcome
        : record.deliveries.some(
            (delivery) =>
              delivery.destination.id === destination && (outcome === undefined || delivery.outcome === outcome)
          )
    const matches = (record: MessageRecord) =>
      (source === undefined || record.sourceId === source) &&
      (type === undefined || record.type === type) &&
      (messageId === undefined || record.messageId === messageId) &&
      hasOutcome(record)
    return pageOf(this.records, { ...query, ...(isFiltered && { matches }) }, summarize)
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
  }

  /** Ends every wait. */
  close(): void {
    this.closed.abort()
  }

  /** Evicts the messages whose texts were evicted. */
  private evict(): void {
    while (this.records.oldest?.isKept === false) {
      this.records.evictOldest()
    }
    this.records.oldest?.dropOlderTexts()
  }

  private forget(record: MessageRecord): void {
    const { messageId } = record
    if (messageId !== undefined && this.byMessageId.get(messageId) === record) {
      this.byMessageId.delete(messageId)
    }
  }
}
