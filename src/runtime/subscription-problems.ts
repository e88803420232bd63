import { transform } from '@segment/actions-core'
import type { ActionDefinition, DestinationDefinition, Subscription } from '@segment/actions-core'
import { CALLS, listedTypes } from './envelope'
import { closest } from './similar'
import { parseTrigger } from './trigger'

export interface SubscriptionProblem {
  /** `action`, `trigger`, or the key of a field. */
  field: string
  message: string
}

/** Fields that Segment's platform reads itself, whether or not the action declares them. */
const PLATFORM_FIELD = /^(__segment_internal_|enable_batching$|batch_(size|bytes|keys)$)/

/**
 * All mistakes in a mapping, as Segment checks it: an action and fields that exist, directives that are valid, and a
 * trigger that the framework reads as it is written, and whose types Segment has.
 */
export function subscriptionProblems(
  { partnerAction, subscribe, mapping = {} }: Subscription,
  { actions }: Pick<DestinationDefinition<never>, 'actions'>
): SubscriptionProblem[] {
  const trigger = triggerProblems(subscribe)
  const action = Object.hasOwn(actions, partnerAction) ? actions[partnerAction] : undefined
  if (!action) {
    const known = Object.keys(actions).join(', ')
    return [{ field: 'action', message: `There is no action "${partnerAction}". Actions: ${known}.` }, ...trigger]
  }
  return [
    ...trigger,
    ...unknownFields(mapping, action),
    ...missingFields(mapping, action),
    ...directiveProblems(mapping)
  ]
}

function triggerProblems(fql: string): SubscriptionProblem[] {
  if (!isReadAsWritten(fql)) {
    return [{ field: 'trigger', message: `The trigger can't be read: ${fql || 'it is empty'}.` }]
  }
  const unknown = parseTrigger(fql).types.filter((type) => !CALLS.includes(type))
  return unknown.map((type) => {
    const meant = closest(type, CALLS)
    const advice = meant === undefined ? listedTypes(CALLS) : `Did you mean "${meant}"?`
    return { field: 'trigger', message: `Segment has no type "${type}". ${advice}` }
  })
}

/** The framework skips what it does not understand, so that `type = ` or a mix of `and` and `or` means something else. */
function isReadAsWritten(fql: string): boolean {
  const trigger = parseTrigger(fql)
  return !trigger.isUnreadable && normalized(trigger.readAs) === normalized(fql)
}

/** Without white space, outer parentheses and trailing zeros, which mean nothing, except inside quotes. */
function normalized(fql: string): string {
  const text = fql.replace(/("(?:\\.|[^"\\])*")|\s+|(\d+\.\d+)/g, (_match, quoted?: string, number?: string) =>
    number === undefined ? (quoted ?? '') : String(Number(number))
  )
  return text.startsWith('(') && text.indexOf(')') === text.length - 1 ? text.slice(1, -1) : text
}

function unknownFields(mapping: object, { fields, hooks = {} }: Action): SubscriptionProblem[] {
  return Object.keys(mapping)
    .filter((key) => !Object.hasOwn(fields, key) && !Object.hasOwn(hooks, key) && !PLATFORM_FIELD.test(key))
    .map((field) => ({
      field,
      message: `The action has no field "${field}". Fields: ${Object.keys(fields).join(', ')}.`
    }))
}

function missingFields(mapping: object, { fields }: Action): SubscriptionProblem[] {
  return Object.entries(fields)
    .filter(([key, { required }]) => required === true && !Object.hasOwn(mapping, key))
    .map(([field]) => ({ field, message: `The required field "${field}" is not mapped.` }))
}

function directiveProblems(mapping: NonNullable<Subscription['mapping']>): SubscriptionProblem[] {
  return Object.entries(mapping).flatMap(([field, value]) => {
    try {
      transform({ [field]: value }, {})
      return []
    } catch (error) {
      return directiveErrors(error).map(({ message }) => ({ field, message: `A field is not valid: ${message}` }))
    }
  })
}

/** The framework's own errors about directives. Any other error is about the event, which is empty here. */
function directiveErrors(error: unknown): Error[] {
  if (!(error instanceof Error)) {
    return []
  }
  if (Symbol.iterator in error) {
    return [...(error as Error & Iterable<unknown>)].flatMap(directiveErrors)
  }
  return error.name === 'ValidationError' ? [error] : []
}

type Action = ActionDefinition<never>
