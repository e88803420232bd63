import type {
  AttemptTrace,
  FilterTrace,
  MappingTrace as RuntimeTrace,
  RequestTrace as RuntimeRequest,
  ResponseTrace as RuntimeResponse
} from '../../../runtime/trace'
import type { IntegrationsDecision } from '../../../runtime/integrations'
import type { Change as SandboxChange } from '../../../sandbox/workspace/changes'
import type { RecordLink } from './astrolabe'
import type { Instant, Json, JsonObject, PageQuery } from './json'

export type { FilterTrace, IntegrationsDecision }

/**
 * What became of a message:
 *
 * - `pending`: it is on its way, or waits for the next attempt
 * - `delivered`: Astrolabe confirmed it under every mapping that matches
 * - `rejected`: it will not be accepted however often it is sent
 * - `failed`: it was not confirmed, and the attempts are used up
 * - `filtered`: its integrations object or a filter keeps it from the destination
 * - `not subscribed`: no mapping matches
 * - `no destination`: no enabled destination is connected to its source
 * - `dropped`: Segment drops it at the source, such as a message without an id
 * - `refused`: no message, but a request that the source refuses as a whole, such as a batch that is too large
 * - `queue full`: the console itself keeps no more messages that wait, so it was not sent
 */
export type MessageOutcome =
  | 'pending'
  | 'delivered'
  | 'rejected'
  | 'failed'
  | 'filtered'
  | 'not subscribed'
  | 'no destination'
  | 'dropped'
  | 'refused'
  | 'queue full'

/** An outcome that is final, and is a destination's to have. */
export type DestinationOutcome = Exclude<
  MessageOutcome,
  'pending' | 'dropped' | 'refused' | 'no destination' | 'queue full'
>

/** How a message came in. */
export type Origin = 'client' | 'test' | 'sent again' | 'engage'

/** One line of the debugger. */
export interface MessageSummary {
  /** The console's own ID, unique even if a `messageId` occurs twice. */
  id: string
  messageId?: string
  /** Absent for calls of Engage. */
  sourceId?: string
  receivedAt: Instant
  origin: Origin
  /** Such as `track`. `request` if the source refused it. */
  type: string
  /** The name of the event, the Account of a group call, or the User: what tells messages of a type apart. */
  title: string
  /** The `userId`, or else the `anonymousId`. */
  user?: string
  outcome: MessageOutcome
  /** The reason of what was dropped, refused, rejected or failed. */
  reason?: string
  /** How many attempts were made, in all mappings. */
  attempts: number
}

export interface MessageQuery extends PageQuery {
  source?: string
  destination?: string
  type?: string
  /** With `destination`: what this destination made of it. */
  outcome?: MessageOutcome
  messageId?: string
}

/** Waits until the message has arrived and is no longer `pending`, so that a test needs no loop. */
export interface WaitQuery {
  /** Seconds, 0 to 60. Default: 0. */
  wait?: number
}

/** Everything about one message, from the call to the User. */
export interface MessageDetail extends MessageSummary {
  /** Such as "Delivered: Astrolabe updated User userId123 and 2 traits". */
  sentence: string
  source?: { id: string; name: string }
  /** What Astrolabe holds under its IDs. */
  records: { user?: RecordLink; account?: RecordLink }
  /** The event as the source received it and Segment enriched it. Of a refused request: its method and path. */
  event: JsonObject
  /** What Segment added or changed, such as "messageId" and "timestamp". */
  enriched: string[]
  /** Sentences on what differs from Segment's documentation of a call that the source accepts. */
  hints: string[]
  /** One per destination of the source. */
  deliveries: Delivery[]
  /** What changed in Astrolabe: the first 50 changes. */
  changes: Change[]
  /** How many more there were, as of a message that was sent again and again. */
  omittedChanges: number
}

/** What one destination made of the message. */
export interface Delivery {
  destination: { id: string; name: string }
  outcome: MessageOutcome
  integrations: IntegrationsDecision
  /** The destination filters that had an effect. */
  filters: FilterTrace[]
  /** Sentences on mistakes that are common in events. */
  hints: string[]
  mappings: MappingTrace[]
  /** Where to do something about an event that did not arrive: the API key, one mapping, or all mappings. */
  fix?: { at: 'key' | 'mappings' } | { at: 'mapping'; mappingId: string }
}

/** One mapping's steps, in the words of Segment's Event Delivery: the runtime's trace, as JSON. */
export interface MappingTrace extends Omit<RuntimeTrace, 'payload' | 'outcome' | 'attempts' | 'request'> {
  mappingId: string
  /** Sentences on fields whose mapping is hardly what was meant. */
  hints: string[]
  /** Why it does not match, such as `type is "Track", did you mean "track"?` */
  mismatch?: string
  payload?: JsonObject
  /** Absent in a preview. */
  outcome?: DestinationOutcome | 'pending'
  attempts: Attempt[]
  /** When it is sent again, while it waits for that. */
  nextAttemptAt?: Instant
  request?: RequestView
}

/** "Request to Destination" and "Response from Destination". */
export interface Attempt extends AttemptTrace {
  request?: RequestView
  response?: ResponseTrace
}

export interface RequestView extends RuntimeRequest {
  body: Json
}

interface ResponseTrace extends RuntimeResponse {
  body: Json
}

/**
 * What the message changed in Astrolabe, or why it changed nothing. `key` identifies the User, Account or event in
 * `/api/users/:key` and so on.
 */
export type Change = Omit<SandboxChange, 'messageId' | 'connectorId'>

/** Code or a file that repeats the message. Code has the write key of a local source, and nothing has the API key. */
export interface MessageExport {
  format: ExportFormat
  language: 'bash' | 'javascript' | 'json'
  text: string
  /** For "save". */
  fileName: string
}

export type ExportFormat = 'curl' | 'node' | 'fixture'
