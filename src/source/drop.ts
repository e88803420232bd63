import { timeOf } from './enrich'
import { CALL_TYPES, isObject } from './message'
import type { Call } from './message'

/** Why Segment drops a message after it has responded with 200. */
export interface Dropped {
  code: DropCode
  /** For people: what is wrong and what to do. */
  reason: string
}

/**
 * The codes of Segment's Delivery Overview, "Failed on Ingest". Segment documents none for an unknown type and for a
 * duplicate, so `unknown_type` and `duplicate` are this source's own.
 */
const REASONS = {
  project_not_found: 'No source has this write key: copy the key from the page of the source',
  unknown_type: `The type is none of Segment's calls: use ${CALL_TYPES.join(', ')}`,
  no_user_anon_id: 'The message has neither a userId nor an anonymousId: add one of the two',
  event_not_defined: 'The track call has no event: give it a name, such as "User Registered"',
  event_not_string: 'The event of the track call is not a string',
  properties_not_object: 'The properties are not an object',
  traits_not_object: 'The traits are not an object',
  name_not_string: 'The name of the page or screen call is empty or not a string',
  category_not_string: 'The category of the page or screen call is not a string',
  duplicate: 'The source has received this messageId before. A client sends a message again if its response was lost'
}

export type DropCode = keyof typeof REASONS

export function dropped(code: DropCode): Dropped {
  return { code, reason: REASONS[code] }
}

/** Checks a call by Segment's rules for ingest. Returns the first that it breaks, or `undefined` if it is accepted. */
export function dropReason(call: Call): Dropped | undefined {
  const code = brokenRule(call)
  return code && dropped(code)
}

/** Segment's documentation asks for fewer characters. */
const MAX_MESSAGE_ID = 100

/** Sentences on what differs from Segment's documentation in a call that it accepts all the same. They quote no value. */
export function hintsOn({ type, category, messageId, timestamp, ...ids }: Call): string[] {
  const numbers = Object.entries({ userId: ids.userId, anonymousId: ids.anonymousId, groupId: ids.groupId, messageId })
    .filter(([, id]) => typeof id === 'number')
    .map(([name]) => `"${name}" is a number. Segment documents IDs as strings.`)
  return [
    ...numbers,
    String(messageId).length >= MAX_MESSAGE_ID
      ? [`The messageId has ${MAX_MESSAGE_ID} characters or more. Segment documents fewer.`]
      : [],
    isMissing(timestamp) || !Number.isNaN(timeOf(timestamp))
      ? []
      : ["The timestamp can't be read, so the message has the time when it was received. Write ISO 8601."],
    (type === 'page' || type === 'screen') && category === ''
      ? [
          "The category is empty. Segment's documentation says that such a call is dropped, but its C# and Kotlin clients send it."
        ]
      : []
  ].flat()
}

function brokenRule(call: Call): DropCode | undefined {
  // Segment's triggers compare types by case, so a message of type "Track" goes on to show that none matches.
  const type = typeof call.type === 'string' ? call.type.toLowerCase() : ''
  if (!CALL_TYPES.some((known) => known === type)) {
    return 'unknown_type'
  }
  if (isMissing(call.userId) && isMissing(call.anonymousId)) {
    return 'no_user_anon_id'
  }
  if (type === 'track' && isMissing(call.event)) {
    return 'event_not_defined'
  }
  if (type === 'track' && typeof call.event !== 'string') {
    return 'event_not_string'
  }
  if (isNot(isObject, call.properties)) {
    return 'properties_not_object'
  }
  if (isNot(isObject, call.traits)) {
    return 'traits_not_object'
  }
  if (type === 'page' || type === 'screen') {
    return isNot(isFilledString, call.name)
      ? 'name_not_string'
      : isNot(isString, call.category)
        ? 'category_not_string'
        : undefined
  }
  return undefined
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

/** Whether an optional field is there and is not as it has to be. Clients send `null` for a field without a value. */
function isNot(isRight: (value: unknown) => boolean, value: unknown): boolean {
  return value !== undefined && value !== null && !isRight(value)
}

function isFilledString(value: unknown): boolean {
  return isString(value) && value !== ''
}

function isString(value: unknown): boolean {
  return typeof value === 'string'
}
