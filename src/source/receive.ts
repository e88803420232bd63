import { randomUUID } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { fingerprint } from '../memory/size'
import { writeKeyIn } from './body'
import { dropped, dropReason, hintsOn } from './drop'
import type { Dropped } from './drop'
import { enrich } from './enrich'
import type { Refuse } from './invalid-request'
import type { Call, SegmentMessage } from './message'

export interface ReceivedMessage {
  /** Absent if no source has the write key. */
  sourceId?: string
  /** Enriched as Segment does, and without its write key. */
  message: SegmentMessage
  /** Why Segment drops the message. If present, the message goes to the debugger and no further. */
  dropped?: Dropped
  /** What differs from Segment's documentation, if anything. */
  hints?: string[]
}

/** A request that can't be read or is too large. None of its messages is received. */
export interface RefusedRequest {
  /** Absent if its write key can't be read, or if no source has it. */
  sourceId?: string
  method: string
  /** Without its query. */
  path: string
  reason: string
  receivedAt: Date
}

export interface ReceiveOptions {
  /** The source that has this write key. Called for every message, so a source that was added or removed counts at once. */
  findSource(this: void, writeKey: string): { id: string } | undefined
  /** Called once per message, in the order of arrival, dropped ones included. */
  onMessage(this: void, received: ReceivedMessage): void
  onRefused(this: void, refused: RefusedRequest): void
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
    const hints = hintsOn({ ...call, type: message.type })
    onMessage({ sourceId, message, ...(reason && { dropped: reason }), ...(hints.length > 0 && { hints }) })
  }
}

/** Characters of a path that are told. */
const MAX_PATH = 200

export function createRefuse({ findSource, onRefused }: Pick<ReceiveOptions, 'findSource' | 'onRefused'>): Refuse {
  return async ({ method, url, headers, query, body }, reason) => {
    const receivedAt = new Date()
    // The cast: Fastify reads every query as an object.
    const inRequest = (query as { writeKey?: unknown }).writeKey ?? (await writeKeyIn(body))
    const writeKey = writeKeyOf(headers.authorization, inRequest)
    const source = writeKey === undefined ? undefined : findSource(writeKey)
    const path = url.split('?')[0].slice(0, MAX_PATH)
    onRefused({ ...(source && { sourceId: source.id }), method, path, reason, receivedAt })
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
