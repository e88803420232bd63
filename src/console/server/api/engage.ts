import type { Instant, Json } from './json'

/** Engage: audiences and computed traits over what the sources received. */
export interface Engage {
  /** "Now" for all conditions. It follows the clock unless it was moved. */
  referenceDate: Instant
  isReferenceDateMoved: boolean
  audiences: Audience[]
  computedTraits: ComputedTrait[]
  /** The newest first. */
  syncs: Sync[]
  /** How many received messages the conditions can see, and how many were dropped because of the memory limit. */
  events: { kept: number; dropped: number }
  /** Of the received events, the newest first, 100 at most. */
  eventNames: string[]
}

export interface AudienceSettings {
  name: string
  /** Performed this event … */
  event: string
  /** … at least so many times … */
  atLeast: number
  /** … in so many days before the reference date. */
  withinDays: number
  /** The destinations that it is sent to. */
  destinationIds: string[]
}

export interface Audience extends AudienceSettings {
  id: string
  /** The trait: the snake_cased name. */
  key: string
  /** Users in it at the reference date, the first 100. */
  members: string[]
  size: number
  /** Calls that the next sync would send. Before the first sync: one for each User in it. */
  pending: { joined: number; left: number }
  lastSyncAt?: Instant
}

export interface ComputedTraitSettings {
  name: string
  /** How often the event was performed, or the last value of its property. */
  kind: 'count' | 'last value'
  event: string
  /** With `last value` only. */
  property?: string
  destinationIds: string[]
}

export interface ComputedTrait extends ComputedTraitSettings {
  id: string
  key: string
  /** The first 100 Users that have it. */
  values: { user: string; value: Json }[]
  size: number
  pending: number
  lastSyncAt?: Instant
}

export interface Sync {
  at: Instant
  referenceDate: Instant
  /** Calls that were sent, by audience or computed trait. For an audience: the first 100 who joined or left. */
  calls: { name: string; key: string; count: number; joined?: string[]; left?: string[] }[]
  /** Messages in the debugger, the first 100. */
  messageIds: string[]
}
