import { randomUUID } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { fingerprint } from '../memory/size'
import { dropped, dropReason } from './drop'
import type { Dropped } from './drop'
import { enrich } from './enrich'
import type { Call, SegmentMessage } from './message'

export interface ReceivedMessage {
  /** Absent if no source has the write key. */
  sourceId?: string
  /** Enriched as Segment does, and without its write key. */
  message: SegmentMessage
  /** Why Segment drops the message. If present, the message goes to the debugger and no further. */
  dropped?: Dropped
}

export interface ReceiveOptions {
  /** The source that has this write key. Called for every message, so a source that was added or removed counts at once. */
  findSource(this: void, writeKey: string): { id: string } | undefined
  /** Called once per message, in the order of arrival, dropped ones included. */
  onMessage(this: void, received: ReceivedMessage): void
  /** What is remembered to find duplicates. Default: the last 100,000. */
  messageIds?: MessageIds
}

export type MessageIds = LRUCache<string, true>

/** @param max how many messages are remembered, the oldest forgotten first */
export function createMessageIds(max = 100_000): MessageIds {
  return new LRUCache({ max })
}

/** Takes in one call of a client: enriches it, decides whether Segment drops it, and hands it on. */
export type Receive = (call: Call, writeKey: string | undefined) => void

export function createReceive({ findSource, onMessage, messageIds = createMessageIds() }: ReceiveOptions): Receive {
  /** Whether the source has sent this message before. Remembers it if not. */
  function isDuplicate(sourceId: string, messageId: string): boolean {
    const id = fingerprint(`${sourceId}\n${messageId}`)
    const isKnown = messageIds.has(id)
    if (!isKnown) {
      messageIds.set(id, true)
    }
    return isKnown
  }

  return (call, writeKey) => {
    const message = enrich(call, { receivedAt: new Date(), messageId: `api-${randomUUID()}` })
    const source = writeKey === undefined ? undefined : findSource(writeKey)
    if (!source) {
      onMessage({ message, dropped: dropped('project_not_found') })
      return
    }
    const sourceId = source.id
    const reason = dropReason(message) ?? (isDuplicate(sourceId, message.messageId) ? dropped('duplicate') : undefined)
    onMessage(reason ? { sourceId, message, dropped: reason } : { sourceId, message })
  }
}

/**
 * The write key of a request: the user name of Basic authentication, or `writeKey` in the body. Clients that use OAuth
 * send a Bearer token, which is not checked here, and the key in the body.
 */
export function writeKeyOf(authorization: string | undefined, inBody: unknown): string | undefined {
  const [, credentials = ''] = /^basic\s+(.*)$/i.exec(authorization ?? '') ?? []
  const [userName] = Buffer.from(credentials, 'base64').toString('utf8').split(':')
  return userName || (typeof inBody === 'string' ? inBody : undefined)
}
