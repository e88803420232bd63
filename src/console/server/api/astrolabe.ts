import type { Instant, Json, JsonObject, PageQuery } from './json'

export interface Connector {
  id: string
  name: string
  freeEmailProviders: FreeEmailChoice
  isRevoked: boolean
  createdAt: Instant
  /** How many messages were blocked. */
  blocked: number
}

/** Whether Users with free email providers are allowed. */
export type FreeEmailChoice = 'allow' | 'block'

export interface ConnectorSettings {
  name: string
  freeEmailProviders: FreeEmailChoice
}

/** The only response that holds the key: after "Finish", and after the key was rolled. */
export interface ConnectorWithKey {
  connector: Connector
  apiKey: string
}

/** A message of a User with a free email provider. */
export interface BlockedMessage {
  at: Instant
  messageId?: string
  type: string
  /** The User, as `Change.label`. */
  user: string
  /** Such as `gmail.com`. */
  provider: string
}

export interface UserSummary {
  /** For `/api/users/:key`. */
  key: string
  /** The `userId`, or the anonymous ID of a visitor. */
  label: string
  userId?: string
  /** The trait of that name, if it is a text. */
  email?: string
  name?: string
  traits: number
  accounts: number
  updatedAt: Instant
}

export interface User extends UserSummary {
  /** Includes `null`. */
  traitValues: JsonObject
  anonymousIds: string[]
  memberOf: RecordLink[]
  /** The newest first. */
  recentEvents: AstrolabeEvent[]
  history: History
  dropped: DroppedParts
}

export interface AccountSummary {
  /** The `groupId`. */
  key: string
  label: string
  /** The trait of that name, if it is a text. */
  name?: string
  traits: number
  users: number
  updatedAt: Instant
}

export interface Account extends AccountSummary {
  traitValues: JsonObject
  members: RecordLink[]
  recentEvents: AstrolabeEvent[]
  history: History
  dropped: DroppedParts
}

/** What the memory limit of one User or Account has dropped. */
interface DroppedParts {
  traits: number
  anonymousIds: number
  /** Accounts of a User. */
  links: number
}

export interface RecordLink {
  /** Absent if there is no such record, such as a User whom only `track` calls name. */
  key?: string
  label: string
}

export interface AstrolabeEvent {
  key: string
  event: string
  user: RecordLink
  account?: RecordLink
  timestamp?: Instant
  receivedAt: Instant
  messageId?: string
  properties: JsonObject
}

export interface EventQuery extends PageQuery {
  /** The key of a User. */
  user?: string
  /** The key of an Account. */
  account?: string
}

/** Which message changed what. */
export interface History {
  /** The newest first. */
  entries: HistoryEntry[]
  /** How many older ones were dropped because of the memory limit. */
  dropped: number
}

export interface HistoryEntry {
  at: Instant
  messageId?: string
  /** The console's ID of the message, if it is still kept. */
  id?: string
  /** The traits that were set, with their new values. */
  traits: { name: string; value: Json }[]
  /** Such as "joined Account 0e8c78ea9d97a7b8185e8632". */
  note?: string
}

/** The sandbox's faults: ways in which Astrolabe can fail. */
export interface Faults {
  /** Those that are on, as `astrolabe-segment sandbox --fault` takes them: `status=503,times=2`. */
  active: string[]
  /** To switch on with a click. */
  suggestions: FaultSuggestion[]
  /** Every fault there is, for those who write their own. */
  kinds: { usage: string; meaning: string }[]
}

export interface FaultSuggestion {
  /** Such as "Rate limit". */
  label: string
  description: string
  spec: string
}
