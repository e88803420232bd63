import { isJsonObject } from '../formats/json'
import { CALLS, envelopeHint, listedTypes, quoted } from './envelope'
import type { Fields } from './envelope'
import { misnamedEntryHint } from './integrations'
import { lossHints } from './losses'
import { bareKey, closest } from './similar'

export interface HintContext {
  /** The types of call that the mappings name; empty if they run on any. */
  types: readonly string[]
  /** The destination's name in the integrations object. */
  destinationName: string
}

/** Keys of Segment's Spec that are misspelt often, in snake case above all. */
const KEYS = new Map(
  ['type', 'userId', 'anonymousId', 'groupId', 'event', 'traits', 'properties', 'context', 'messageId'].map((key) => [
    bareKey(key),
    key
  ])
)

/**
 * Sentences on mistakes that are common in Segment events, for people. They name keys and the type, and quote nothing
 * else of the event.
 *
 * @param event any JSON value
 */
export function hintsFor(event: unknown, context: HintContext): string[] {
  if (!isJsonObject(event)) {
    return []
  }
  const envelope = envelopeHint(event)
  if (envelope) {
    return [envelope]
  }
  return [
    ...typeHints(event, context),
    ...keyHints(event),
    ...callHints(event),
    ...lossHints(event),
    misnamedEntryHint(context.destinationName, event.integrations) ?? []
  ].flat()
}

function typeHints(fields: Fields, { types }: HintContext): string[] {
  const { type, event } = fields
  if (typeof type !== 'string' || type === '') {
    const isMiscased = Object.keys(fields).some((key) => key !== 'type' && bareKey(key) === 'type')
    return isMiscased
      ? []
      : [`It has no "type". ${event ? 'An event with a name is a "track" call.' : listedTypes(CALLS)}`]
  }
  if (types.includes(type) || (types.length === 0 && CALLS.includes(type))) {
    return []
  }
  const meant = CALLS.includes(type) ? undefined : closest(type, CALLS)
  if (meant) {
    const isCase = meant === type.toLowerCase()
    return [isCase ? `"${type}" is not "${meant}": types are lower case.` : `Type "${type}": did you mean "${meant}"?`]
  }
  return CALLS.includes(type)
    ? [`There is no mapping for "${type}" calls, only for ${quoted(types)}.`]
    : [`Unknown type. ${listedTypes(types.length > 0 ? types : CALLS)}`]
}

function keyHints(fields: Fields): string[] {
  const root = Object.keys(fields).flatMap((key) => {
    const meant = KEYS.get(bareKey(key))
    return meant && !(meant in fields) ? [`"${key}" is not read: write "${meant}".`] : []
  })
  const { context } = fields
  return isJsonObject(context) && 'group_id' in context && !('groupId' in context)
    ? [...root, '"context.group_id" is not read: write "context.groupId".']
    : root
}

function callHints({ type, event, groupId, name, context, traits, properties }: Fields): string[] {
  const hints: string[] = []
  if ((type === 'track' || type === 'identify') && groupId && !(isJsonObject(context) && context.groupId)) {
    hints.push(`"groupId" at the root of ${article(type)} call names no account: write "context.groupId".`)
  }
  if (type === 'track' && !event && name) {
    hints.push('The name of the event belongs in "event".')
  }
  if ((type === 'identify' || type === 'group') && properties !== undefined && traits === undefined) {
    hints.push(`${capital(article(type))} call has "traits". Its "properties" are not read.`)
  }
  if (type === 'track' && traits !== undefined && properties === undefined) {
    hints.push('A track call has "properties". Its "traits" are not read.')
  }
  for (const [key, value] of Object.entries({ traits, properties, context })) {
    if (typeof value === 'string') {
      hints.push(`"${key}" is text. Write it as a JSON object.`)
    }
  }
  return hints
}

function article(type: string): string {
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
