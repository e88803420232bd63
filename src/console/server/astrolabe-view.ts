import type { Connector as SandboxConnector } from '../../sandbox/workspace/connectors'
import type { RecordedEvent } from '../../sandbox/workspace/events'
import type { Account as SandboxAccount, User as SandboxUser } from '../../sandbox/workspace/records'
import type { Workspace } from '../../sandbox/workspace/workspace'
import type { HistoryEntry as Change } from '../../sandbox/workspace/workspace-record'
import type {
  AccountSummary,
  AstrolabeEvent,
  Connector,
  History,
  Json,
  JsonObject,
  RecordLink,
  UserSummary
} from './api'

/** Finds the console's ID of a message, if it is still kept. */
export type FindMessage = (messageId: string) => { id: string } | undefined

export function connectorView({
  id,
  name,
  freeEmailProviders,
  isRevoked,
  createdAt,
  blocked
}: SandboxConnector): Connector {
  return {
    id,
    name,
    freeEmailProviders,
    isRevoked,
    createdAt: instant(createdAt),
    blocked: blocked.size + blocked.dropped
  }
}

export function userSummary({ key, label, userId, traits, accounts, updatedAt }: SandboxUser): UserSummary {
  return {
    key,
    label,
    ...(userId !== null && { userId }),
    email: textOf(traits.get('email')),
    name: textOf(traits.get('name')),
    traits: traits.size,
    accounts: accounts.size,
    updatedAt: instant(updatedAt)
  }
}

export function accountSummary({ key, label, traits, users, updatedAt }: SandboxAccount): AccountSummary {
  return {
    key,
    label,
    name: textOf(traits.get('name')),
    traits: traits.size,
    users: users.size,
    updatedAt: instant(updatedAt)
  }
}

export function eventView(event: RecordedEvent, { users, accounts }: Workspace): AstrolabeEvent {
  const { key, at, userId, anonymousId, groupId, messageId, message } = event
  const user = users.find({ userId, anonymousId })
  return {
    key,
    event: event.event,
    user: { label: user?.label ?? userId ?? anonymousId ?? '', ...(user && { key: user.key }) },
    ...(groupId !== undefined && {
      account: { label: groupId, ...(accounts.get(groupId) && { key: groupId }) }
    }),
    timestamp: message.timestamp,
    receivedAt: instant(at),
    messageId,
    properties: asJson(message.properties ?? {})
  }
}

export function historyView(
  { history, droppedHistory }: SandboxUser | SandboxAccount,
  findMessage: FindMessage
): History {
  return {
    entries: history.reverse().map((change) => ({
      at: instant(change.at),
      messageId: change.messageId,
      id: change.messageId === undefined ? undefined : findMessage(change.messageId)?.id,
      // The cast: a trait's value is JSON.
      traits: change.traits.map(({ name, value }) => ({ name, value: value as Json })),
      note: noteOn(change)
    })),
    dropped: droppedHistory
  }
}

export function traitsOf({ traits }: SandboxUser | SandboxAccount): JsonObject {
  return asJson(Object.fromEntries(traits))
}

export function linkTo({ key, label }: RecordLink): RecordLink {
  return { key, label }
}

/** What a message did besides setting traits. */
function noteOn({ isNew, anonymousId, merged, joined }: Change): string | undefined {
  const notes = [
    isNew && 'created',
    anonymousId !== undefined && `first seen with anonymous ID ${anonymousId}`,
    merged !== undefined && `merged with visitor ${merged}`,
    joined !== undefined && `associated with ${joined}`
  ].filter((note) => note !== false)
  return notes.length > 0 ? notes.join(', ') : undefined
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** The cast: what the sandbox accepted is JSON. */
function asJson(value: unknown): JsonObject {
  return value as JsonObject
}
