import { createHash } from 'node:crypto'
import type { EventRead } from './event-read'

/**
 * Gives an event without `messageId` one that follows from its content, as Segment gives it a random one at ingestion. The
 * receiver then recognizes a repeat, in this run or in a later run of the same input, under whatever path and packing.
 *
 * @param start tells its input from other inputs
 */
export function withMessageId(read: EventRead, start: string): EventRead {
  if (!('event' in read) || !needsMessageId(read)) {
    return read
  }
  const messageId = `derived-${hashOf(`${start}\n${read.line}\n${read.raw}`).slice(0, 32)}`
  return { ...read, event: { ...read.event, messageId }, raw: withLast(read.raw, messageId) }
}

export function needsMessageId(read: EventRead): boolean {
  const id = 'event' in read ? (read.event as { messageId?: unknown }).messageId : ''
  return 'event' in read && (id === undefined || id === null || id === '')
}

/** Tells an input from those before it by its first event: it stays when a file is moved or packed. If it is the same, they are counted. */
export class InputStarts {
  private readonly counts = new Map<string, number>()

  /** @param first what is read first from the input */
  of({ raw }: EventRead): string {
    const hash = hashOf(raw)
    return `${hash}\n${this.counts.get(hash) ?? 0}`
  }

  /** Call this for each input that comes before. */
  add({ raw }: EventRead): void {
    const hash = hashOf(raw)
    this.counts.set(hash, (this.counts.get(hash) ?? 0) + 1)
  }
}

/** A saved event keeps the ID under which it may have arrived, and otherwise its text: of a key that is there twice, the last counts. */
function withLast(json: string, messageId: string): string {
  return `${json.slice(0, json.lastIndexOf('}'))},"messageId":"${messageId}"}`
}

function hashOf(raw: string | Buffer): string {
  return createHash('sha256').update(raw).digest('hex')
}
