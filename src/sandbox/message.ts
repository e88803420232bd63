/** Traits, properties and context: open objects, whose `null`, `false`, `0` and `""` are data. */
export type Data = Readonly<Record<string, unknown>>

/** One id of the two, or both. */
export type UserIds = { userId: string; anonymousId?: string } | { userId?: string; anonymousId: string }

interface Envelope {
  context?: Data
  timestamp?: string
  sentAt?: string
  receivedAt?: string
  messageId?: string
}

/** Creates or updates a User. */
export type IdentifyMessage = Envelope & UserIds & { type: 'identify'; traits?: Data }

/** Creates or updates an Account and, where it names a user, associates that User with it. */
export type GroupMessage = Envelope & Partial<UserIds> & { type: 'group'; groupId: string; traits?: Data }

/** Records an event. */
export type TrackMessage = Envelope & UserIds & { type: 'track'; event: string; properties?: Data }

/** What the contract's table of messages allows, as types; `message-schema.ts` is the same table as a schema. */
export type Message = IdentifyMessage | GroupMessage | TrackMessage
