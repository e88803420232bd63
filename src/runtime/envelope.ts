import { isJsonObject } from '../formats/json'

/** An event as it may be written by hand. */
export type Fields = Record<string, unknown>

/** The types of call in Segment's Spec. */
export const CALLS = ['identify', 'group', 'track', 'page', 'screen', 'alias']

/** The fields of Segment's calls, at their root. */
export const ROOT_KEYS = [
  ...['type', 'userId', 'anonymousId', 'groupId', 'previousId', 'event', 'name', 'category', 'traits', 'properties'],
  ...['context', 'integrations', 'messageId', 'timestamp', 'originalTimestamp', 'sentAt', 'receivedAt', 'version'],
  ...['channel', 'projectId', 'writeKey']
]

/** Such as `Types are "track", "page".` */
export function listedTypes(types: readonly string[]): string {
  return `Types are ${quoted(types)}.`
}

export function quoted(types: readonly string[]): string {
  return types.map((type) => `"${type}"`).join(', ')
}

/** Keys in lower case under which exports, queues and webhooks wrap an event. */
const WRAPPERS = ['data', 'message', 'payload', 'body', 'detail', 'record', 'value', 'event']

/** Keys in lower case under which they wrap several. */
const LISTS = [...WRAPPERS, 'items', 'events', 'messages', 'records', 'results', 'rows']

/** A sentence if this is not an event, but holds one or several. */
export function envelopeHint(value: unknown): string | undefined {
  if (!isJsonObject(value)) {
    return undefined
  }
  if (Array.isArray(value.batch)) {
    return 'This is a request body of Segment\'s Tracking API. The events are the items of its "batch".'
  }
  return CALLS.includes(String(value.type)) ? undefined : (wrapperHint(value) ?? listHint(value))
}

function wrapperHint(fields: Fields): string | undefined {
  const wrapper = keyAmong(WRAPPERS, fields, isEvent)
  if (wrapper !== undefined) {
    return `The event is wrapped in "${wrapper}". Write only that object.`
  }
  const text = keyAmong(WRAPPERS, fields, isEventAsText)
  return text && `The event is JSON text in "${text}". Parse that text, and write only the event.`
}

function listHint(fields: Fields): string | undefined {
  const isList = (value: unknown) => Array.isArray(value) && value.length > 0 && value.every(isJsonObject)
  const list = keyAmong(LISTS, fields, (value) => isList(value) && (value as Fields[]).some(holdsEvent))
  return list && `The events are the items of "${list}". Write each event as one JSON object.`
}

/** Queues wrap each item again. */
function holdsEvent(item: Fields): boolean {
  return isEvent(item) || wrapperHint(item) !== undefined
}

function keyAmong(keys: string[], fields: Fields, isMeant: (value: unknown) => boolean): string | undefined {
  return Object.keys(fields).find((key) => keys.includes(key.toLowerCase()) && isMeant(fields[key]))
}

function isEvent(value: unknown): boolean {
  return isJsonObject(value) && typeof value.type === 'string'
}

function isEventAsText(value: unknown): boolean {
  if (typeof value !== 'string' || !value.trimStart().startsWith('{')) {
    return false
  }
  try {
    return isEvent(JSON.parse(value))
  } catch {
    return false
  }
}
