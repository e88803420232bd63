import type { Instant } from './json'

export type { Snippet } from '../../../source/snippets/snippet'

/** Where events come from: a website, an app or a server. */
export interface Source {
  id: string
  name: string
  /** Identifies the source in its clients. It opens nothing but this console. */
  writeKey: string
  createdAt: Instant
  /** How many messages it received, dropped ones included. */
  received: number
  /** Messages that Segment drops, such as those without an id. */
  dropped: number
  lastReceivedAt?: Instant
  /** The destinations that are connected to it. */
  destinationIds: string[]
}

export interface SourceSettings {
  name: string
}
