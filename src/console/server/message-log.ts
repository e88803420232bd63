import { EventEmitter, once } from 'node:events'
import { RecentMap } from '../../memory/recent-map'
import type { Page as Part } from '../../memory/recent-map'
import type { MessageQuery, MessageSummary, Page } from './api'
import { MessageRecord, outcomeOf, summarize } from './message-record'
import type { ArrivedMessage } from './message-record'
import { pageOf } from './page'
import { TextRing } from './text-ring'

/** The memory for the texts of all messages, by the number that is kept. */
const BYTES_PER_MESSAGE = 8 * 1024
const MIN_BYTES = 16 * 1024 * 1024

/** Any web page can send messages with a wrong write key. They get a little room of their own. */
const MAX_STRANGERS = 100
const STRANGER_BYTES = 4 * 1024 * 1024

/** The last messages, from every source, and a few that no source takes. */
export class MessageLog {
  private readonly ours: MessageRing
  private readonly strangers: MessageRing
  private readonly byMessageId = new Map<string, MessageRecord>()
  private readonly changes = new EventEmitter().setMaxListeners(0)
  private readonly closed = new AbortController()
  private newest = 0

  constructor(limit: number) {
    const onEvict = (record: MessageRecord) => this.forget(record)
    this.ours = new MessageRing(limit, Math.max(MIN_BYTES, limit * BYTES_PER_MESSAGE), onEvict)
    this.strangers = new MessageRing(MAX_STRANGERS, STRANGER_BYTES, onEvict)
  }

  /** How many messages were evicted. */
  get dropped(): number {
    return this.ours.records.dropped + this.strangers.records.dropped
  }

  /** Of all texts, allocated. */
  get bytes(): number {
    return this.ours.texts.bytes + this.strangers.texts.bytes
  }

  add(message: ArrivedMessage): MessageRecord {
    const isStranger = message.origin === 'client' && message.sourceId === undefined
    const record = (isStranger ? this.strangers : this.ours).add(String(++this.newest), message)
    // A duplicate, which Segment drops, does not hide the message that it repeats.
    if (record.messageId !== undefined && (record.dropped === undefined || !this.byMessageId.has(record.messageId))) {
      this.byMessageId.set(record.messageId, record)
    }
    return record
  }

  /** Tells those who wait for a message that it has arrived, or that something about it has changed. */
  touch(record: MessageRecord): void {
    this.ours.evict()
    this.changes.emit('change', record)
  }

  get(id: string): MessageRecord | undefined {
    return this.ours.records.get(id) ?? this.strangers.records.get(id)
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
    const list: RecentMap<MessageRecord>['list'] = (part) =>
      newestOf([this.ours.records.list(part), this.strangers.records.list(part)], part.limit)
    return pageOf({ list }, { ...query, ...(isFiltered && { matches }) }, summarize)
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
    this.ours.records.clear()
    this.strangers.records.clear()
    this.byMessageId.clear()
  }

  /** Ends every wait. */
  close(): void {
    this.closed.abort()
  }

  private forget(record: MessageRecord): void {
    const { messageId } = record
    if (messageId !== undefined && this.byMessageId.get(messageId) === record) {
      this.byMessageId.delete(messageId)
    }
  }
}

/** The last messages within limits of number and bytes. */
class MessageRing {
  readonly records: RecentMap<MessageRecord>
  readonly texts: TextRing

  constructor(limit: number, maxBytes: number, onEvict: (record: MessageRecord) => void) {
    this.records = new RecentMap(limit, {
      onEvict,
      textsOf: ({ text, dropped, refused }) => [text, dropped, refused],
      positionOf: ({ id }) => Number(id)
    })
    this.texts = new TextRing(maxBytes)
  }

  add(id: string, message: ArrivedMessage): MessageRecord {
    const record = new MessageRecord(id, message, this.texts)
    this.records.set(id, record)
    this.evict()
    return record
  }

  /** Evicts the messages whose texts were evicted. */
  evict(): void {
    while (this.records.oldest?.isKept === false) {
      this.records.evictOldest()
    }
    this.records.oldest?.dropOlderTexts()
  }
}

/** One page of several rings. The ID of a message is its position. */
function newestOf(parts: Part<MessageRecord>[], limit: number): Part<MessageRecord> {
  const found = parts.flatMap(({ items }) => items).sort((one, other) => Number(other.id) - Number(one.id))
  const items = found.slice(0, limit)
  const hasNext = found.length > limit || parts.some(({ next }) => next !== undefined)
  return {
    items,
    ...(hasNext && { next: Number(items.at(-1)?.id) }),
    matching: parts.reduce((sum, { matching }) => sum + matching, 0),
    total: parts.reduce((sum, { total }) => sum + total, 0),
    dropped: parts.reduce((sum, { dropped }) => sum + dropped, 0)
  }
}
