import { createHash } from 'node:crypto'
import type { EventRead } from './event-read'

/**
 * Gives an event without `messageId` one that follows from its position and content, as Segment gives it a random one at
 * ingestion. The receiver then recognizes a repeat, in this run or in a later run of the same input.
 */
export function withMessageId(read: EventRead): EventRead {
  if (!('event' in read) || hasMessageId(read.event)) {
    return read
  }
  const hash = createHash('sha256').update(`${read.file}\n${read.line}\n${read.raw}`).digest('hex')
  const messageId = `derived-${hash.slice(0, 32)}`
  return { ...read, event: { ...read.event, messageId }, raw: withLast(read.raw, messageId) }
}

/** A saved event keeps the ID under which it may have arrived, and otherwise its text: of a key that is there twice, the last counts. */
function withLast(json: string, messageId: string): string {
  return `${json.slice(0, json.lastIndexOf('}'))},"messageId":"${messageId}"}`
}

function hasMessageId({ messageId }: { messageId?: unknown }): boolean {
  return messageId !== undefined && messageId !== null && messageId !== ''
}
