import { PayloadValidationError } from '@segment/actions-core'
import type { Payload as GroupPayload } from './group/generated-types'
import type { Payload as IdentifyPayload } from './identify/generated-types'
import { isoTimestamp } from './timestamp'
import type { Payload as TrackPayload } from './track/generated-types'

/** A message in the form of Segment's Spec. Fields without a value are left out. */
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

/** The customer's own data. It is sent unchanged, including `null`, `false`, `0` and `''`. */
type JSONData = { [key: string]: unknown }

type CommonPayload = Pick<
  IdentifyPayload,
  'user_id' | 'anonymous_id' | 'timestamp' | 'sent_at' | 'received_at' | 'message_id'
>

/** Levels of objects and arrays, the message included. JSON.stringify overflows the stack at some 4,500. */
const MAX_DEPTH = 1000

/**
 * The message that creates or updates a User.
 *
 * @throws PayloadValidationError if it names no user, or is nested too deeply
 */
export function identifyMessage(payload: IdentifyPayload): Message {
  requireUser(payload)
  const message = commonMessage('identify', payload)
  message.traits = checkDepth(payload.traits)
  message.context = contextWithAccount(checkDepth(payload.context), payload.account_id)
  return message
}

/**
 * The message that creates or updates an Account. If it names a user, it also associates that User with the Account.
 *
 * @throws PayloadValidationError if it names no account, or is nested too deeply
 */
export function groupMessage(payload: GroupPayload): Message {
  if (!payload.group_id) {
    throw new PayloadValidationError('Account ID is empty. Map it to the ID of the company, which Astrolabe requires.')
  }
  const message = commonMessage('group', payload)
  message.groupId = payload.group_id
  message.traits = checkDepth(payload.traits)
  message.context = checkDepth(payload.context)
  return message
}

/**
 * The message that records an event.
 *
 * @throws PayloadValidationError if it names no event or no user, or is nested too deeply
 */
export function trackMessage(payload: TrackPayload): Message {
  if (!payload.event) {
    throw new PayloadValidationError('Event Name is empty. Map it to the name of the event, which Astrolabe requires.')
  }
  requireUser(payload)
  const message = commonMessage('track', payload)
  message.event = payload.event
  message.properties = checkDepth(payload.properties)
  message.context = contextWithAccount(checkDepth(payload.context), payload.account_id)
  return message
}

/**
 * Shared fields. Callers mutate the result: spreading costs about 10 % per batched event. The framework removes empty
 * strings from single events but not from batches.
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
      'User ID and Anonymous ID are both empty. Map at least one of them, which Astrolabe requires.'
    )
  }
}

function checkDepth(data: JSONData | undefined): JSONData | undefined {
  if (data && isDeeperThan(data, MAX_DEPTH - 1)) {
    throw new PayloadValidationError('The event is nested deeper than 1,000 levels.')
  }
  return data
}

function isDeeperThan(value: object, levels: number): boolean {
  if (levels === 0) {
    return true
  }
  for (const key in value) {
    const child: unknown = value[key as keyof typeof value]
    if (typeof child === 'object' && child !== null && isDeeperThan(child, levels - 1)) {
      return true
    }
  }
  return false
}

/** Always a string, or 42 and '42' would be two Accounts. */
function contextWithAccount(context: JSONData | undefined, accountId: string | undefined): JSONData | undefined {
  return accountId && accountId !== context?.groupId ? { ...context, groupId: accountId } : context
}
