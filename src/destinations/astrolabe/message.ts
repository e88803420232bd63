import { PayloadValidationError } from '@segment/actions-core'
import type { Payload as GroupPayload } from './group/generated-types'
import type { Payload as IdentifyPayload } from './identify/generated-types'
import { isoTimestamp } from './timestamp'
import type { Payload as TrackPayload } from './track/generated-types'

/** A message in the form of Segment's Spec, as Astrolabe's ingest API takes it. Fields without a value are left out. */
export type Message = {
  type: 'identify' | 'group' | 'track'
  userId?: string
  anonymousId?: string
  groupId?: string
  event?: string
  traits?: JSONData
  properties?: JSONData
  context?: JSONData
  /** ISO 8601, like `sentAt` and `receivedAt`. */
  timestamp?: string
  sentAt?: string
  receivedAt?: string
  messageId?: string
}

/** Customers' own data: it arrives untouched, `null`, `false`, `0` and `''` included. */
type JSONData = { [key: string]: unknown }

/** What the payloads of all three actions have in common. */
type CommonPayload = Pick<
  IdentifyPayload,
  'user_id' | 'anonymous_id' | 'timestamp' | 'sent_at' | 'received_at' | 'message_id'
>

/**
 * The message that creates or updates a User.
 *
 * @throws PayloadValidationError where no user is named.
 */
export function identifyMessage(payload: IdentifyPayload): Message {
  requireUser(payload)
  const message = commonMessage('identify', payload)
  message.traits = payload.traits
  message.context = contextWithAccount(payload.context, payload.account_id)
  return message
}

/**
 * The message that creates or updates an Account and, where it names a user, associates that User with the Account.
 *
 * @throws PayloadValidationError where no account is named.
 */
export function groupMessage(payload: GroupPayload): Message {
  if (!payload.group_id) {
    throw new PayloadValidationError(
      'Account ID is empty. Map it to the ID of the company: Astrolabe needs it to know which Account to update.'
    )
  }
  const message = commonMessage('group', payload)
  message.groupId = payload.group_id
  message.traits = payload.traits
  message.context = payload.context
  return message
}

/**
 * The message that records an event.
 *
 * @throws PayloadValidationError where no event or no user is named.
 */
export function trackMessage(payload: TrackPayload): Message {
  if (!payload.event) {
    throw new PayloadValidationError(
      'Event name is empty. Map it to the name of the event: Astrolabe needs it to know what happened.'
    )
  }
  requireUser(payload)
  const message = commonMessage('track', payload)
  message.event = payload.event
  message.properties = payload.properties
  message.context = contextWithAccount(payload.context, payload.account_id)
  return message
}

/**
 * A new message, for each action to add its own fields to: to spread it into another object costs a tenth of all that an
 * event costs in a batch. An empty id counts as none: the framework strips it from a single event, but not from a batch.
 */
function commonMessage(type: Message['type'], payload: CommonPayload): Message {
  return {
    type,
    userId: payload.user_id || undefined,
    anonymousId: payload.anonymous_id || undefined,
    timestamp: isoTimestamp(payload.timestamp),
    sentAt: isoTimestamp(payload.sent_at),
    receivedAt: isoTimestamp(payload.received_at),
    messageId: payload.message_id || undefined
  }
}

function requireUser(payload: CommonPayload): void {
  if (!payload.user_id && !payload.anonymous_id) {
    throw new PayloadValidationError(
      'User ID and Anonymous ID are both empty. Map at least one of them: Astrolabe needs it to know whose data this is.'
    )
  }
}

/**
 * The Account of a User or an event travels as `context.groupId`, a string as in group messages: a number there would
 * name another Account than the `groupId` that the framework has made a string of.
 */
function contextWithAccount(context: JSONData | undefined, accountId: string | undefined): JSONData | undefined {
  return accountId && accountId !== context?.groupId ? { ...context, groupId: accountId } : context
}
