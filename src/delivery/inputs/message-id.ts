import { createHash } from 'node:crypto'
import { onOneLine } from './read-events'
import type { EventRead } from './read-events'

/**
 * Gives an event without `messageId` one that follows from its position and content, as Segment gives it a random one at
 * ingestion. The receiver then recognizes a repeat, in this run or in a later run of the same input.
 */
export function withMessageId(read: EventRead): EventRead {
  if (!('event' in read) || hasMessageId(read.event)) {
    return read
  }
  const hash = createHash('sha256').update(`${read.file}\n${read.line}\n${read.raw}`).digest('hex')
  const event = { ...read.event, messageId: `derived-${hash.slice(0, 32)}` }
  // A saved event keeps the ID under which it may have arrived. An event nested too deep to write can't arrive.
  return { ...read, event, raw: read.raw && (onOneLine(event) || read.raw) }
}

function hasMessageId({ messageId }: { messageId?: unknown }): boolean {
  return messageId !== undefined && messageId !== null && messageId !== ''
}
