import type { Instant } from './json'

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

/** Code that sends an event to a source, ready to be pasted: it holds the write key and the port. */
export interface Snippet {
  id: 'node' | 'browser' | 'npm' | 'python' | 'ruby' | 'go' | 'php' | 'java' | 'csharp' | 'curl'
  /** Such as "Node.js". */
  label: string
  /** For syntax highlighting, such as `javascript`. */
  language: string
  /** How to install the client, such as `npm install @segment/analytics-node`. */
  install?: string
  code: string
}
