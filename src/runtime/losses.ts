import { isJsonObject } from '../formats/json'
import type { Fields } from './envelope'
import { bareKey } from './similar'

/** Texts that programs write for a value that is missing. */
const NO_IDS = ['null', 'undefined', '[object object]']

/** Keys that Segment's Spec has at the root of every call. */
const ROOT_KEYS = new Set(
  [
    ...['type', 'userId', 'anonymousId', 'previousId', 'groupId', 'event', 'traits', 'properties', 'context'],
    ...['integrations', 'messageId', 'timestamp', 'originalTimestamp', 'sentAt', 'receivedAt', 'channel', 'version'],
    ...['writeKey', 'projectId', 'options', 'library']
  ].map(bareKey)
)

/** Sentences on data that is lost although the event arrives. They quote no value. */
export function lossHints(event: Fields): string[] {
  const { timestamp, originalTimestamp } = event
  return [
    ...idHints(event),
    ...dataHints(event),
    ...(originalTimestamp && !timestamp ? ['"originalTimestamp" is not read: write "timestamp".'] : [])
  ]
}

function idHints({ userId, anonymousId, groupId, context }: Fields): string[] {
  const ids = { userId, anonymousId, groupId, 'context.groupId': isJsonObject(context) ? context.groupId : undefined }
  return Object.entries(ids).flatMap(([key, id]) => {
    const problem = idProblem(id)
    return problem === undefined ? [] : [`"${key}" is ${problem}. Write an ID.`]
  })
}

function idProblem(id: unknown): string | undefined {
  if (typeof id === 'boolean') {
    return 'true or false'
  }
  if (typeof id !== 'string' || id === '') {
    return undefined
  }
  const text = id.trim()
  return text === '' ? 'blank' : NO_IDS.includes(text.toLowerCase()) ? `the text "${text}"` : undefined
}

function dataHints(event: Fields): string[] {
  const { type, traits, properties, context } = event
  if (type === 'identify' && isEmpty(traits) && isJsonObject(context) && !isEmpty(context.traits)) {
    return ['"context.traits" of an identify call is not read: write "traits".']
  }
  const isUser = type === 'identify' || type === 'group'
  if ((!isUser && type !== 'track') || traits !== undefined || properties !== undefined) {
    return []
  }
  // A page has a name, and so has a track call that is written like one.
  const isData = (key: string) => !ROOT_KEYS.has(bareKey(key)) && !key.startsWith('_') && (isUser || key !== 'name')
  const isFlat = Object.keys(event).some((key) => isData(key) && typeof event[key] !== 'object')
  return isFlat ? [`Other fields at the root are not read: write them into "${isUser ? 'traits' : 'properties'}".`] : []
}

function isEmpty(value: unknown): boolean {
  return !isJsonObject(value) || Object.keys(value).length === 0
}
