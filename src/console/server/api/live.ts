import type { MessageSummary } from './messages'

/**
 * The live feed (`GET /api/live`) is a stream of server-sent events, at most 4 per second however many messages arrive.
 *
 * - `event: hello` with `LiveHello` opens every connection.
 * - `event: update` with `LiveUpdate` follows a change. Its `id` is a number that grows.
 *
 * A client that comes back sends `Last-Event-ID`. If the server still knows what happened since, it sends that as one
 * update. Otherwise `hello` has `isFresh: false`, and the client fetches everything again.
 */
export interface LiveHello {
  /** As `ConsoleStatus.run`: another value after a restart. */
  run: string
  /** Whether the client missed nothing, or only what the next update brings. */
  isFresh: boolean
}

export interface LiveUpdate {
  /** Messages that are new or have changed, the oldest first: put each in the place of the one with its ID. */
  messages: MessageSummary[]
  /** How many more are new or have changed, beyond the 100 newest in `messages`. */
  omitted: number
  /** What else has changed: fetch it again if it is on the page. */
  changed: Topic[]
}

/** `messages`: all of them were cleared. */
export type Topic =
  | 'messages'
  | 'guide'
  | 'sources'
  | 'destinations'
  | 'mappings'
  | 'filters'
  | 'delivery'
  | 'connectors'
  | 'users'
  | 'accounts'
  | 'events'
  | 'faults'
  | 'engage'
