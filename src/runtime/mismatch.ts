import { generateFql, parseFql, validate } from '@segment/destination-subscriptions'
import type { Condition, GroupCondition } from '@segment/destination-subscriptions'
import type { SegmentEvent } from '@segment/actions-core'
import { CALLS } from './envelope'
import { closest } from './similar'

type FieldCondition = Exclude<Condition, GroupCondition>

const EQUALS = ['=', 'number_equals']

/**
 * Why a trigger does not match an event, such as `type is "Track", did you mean "track"?`: the first condition that does
 * not hold. It quotes the event.
 *
 * @param fql the trigger, in Segment's FQL
 * @returns undefined if it matches, or can't be read
 */
export function mismatchOf(fql: string, event: SegmentEvent): string | undefined {
  const trigger = parseFql(fql)
  return 'error' in trigger || validate(trigger, event) ? undefined : describe(trigger, event, describeValue)
}

/**
 * The same for logs: it quotes a type or a name that is nearly right, and nothing else of the event.
 *
 * @param trigger that does not match the event
 */
export function mismatchForLogs(trigger: Condition, event: SegmentEvent): string {
  return describe(trigger, event, describeRequirement)
}

interface Failure {
  /** Such as `properties.plan`. */
  field: string
  value: unknown
  condition: FieldCondition
}

function describe(condition: Condition, event: SegmentEvent, describeFailure: (failure: Failure) => string): string {
  if (condition.type !== 'group') {
    const path = pathOf(condition)
    const value = path.reduce<unknown>((parent, key) => (parent as Record<string, unknown> | undefined)?.[key], event)
    return describeFailure({ field: path.join('.'), value, condition })
  }
  const failed = condition.children.filter((child) => !validate(asGroup(child), event))
  return condition.operator === 'or'
    ? failed.map((child) => describe(child, event, describeFailure)).join(', and ')
    : describe(failed[0], event, describeFailure)
}

function describeValue(failure: Failure): string {
  const { field, value, condition } = failure
  const is = value === undefined ? `${field} is missing` : `${field} is ${JSON.stringify(value)}`
  if (!EQUALS.includes(condition.operator) || value === undefined) {
    return `${is}, the trigger is ${generateFql(asGroup(condition))}`
  }
  return nearMiss(failure) ?? `${is}, not ${JSON.stringify(wantedBy(condition))}`
}

function describeRequirement(failure: Failure): string {
  const { field, value, condition } = failure
  if (value === undefined) {
    return `${field} is missing`
  }
  if (!EQUALS.includes(condition.operator)) {
    return `${field} does not match`
  }
  const isName = field === 'type' || field === 'event'
  return (isName ? nearMiss(failure) : undefined) ?? `${field} is not ${JSON.stringify(wantedBy(condition))}`
}

/** In the event, or in a trigger whose type Segment doesn't have. */
function nearMiss({ field, value, condition }: Failure): string | undefined {
  const wanted = wantedBy(condition)
  if (field === 'type' && typeof wanted === 'string' && CALLS.includes(String(value)) && !CALLS.includes(wanted)) {
    const meant = closest(wanted, CALLS)
    return meant && `the trigger is ${generateFql(asGroup(condition))}, did you mean ${JSON.stringify(meant)}?`
  }
  const isNear = typeof value === 'string' && typeof wanted === 'string' && closest(value, [wanted.toLowerCase()])
  return isNear ? `${field} is ${JSON.stringify(value)}, did you mean ${JSON.stringify(wanted)}?` : undefined
}

function wantedBy(condition: FieldCondition): unknown {
  return 'value' in condition ? condition.value : undefined
}

/** Where the event has the field. */
function pathOf(condition: FieldCondition): string[] {
  switch (condition.type) {
    case 'event-type':
      return ['type']
    case 'event-property':
      return ['properties', ...condition.name.split('.')]
    case 'event-trait':
      return ['traits', ...condition.name.split('.')]
    case 'event-context':
      return ['context', ...condition.name.split('.')]
    default:
      return [condition.type]
  }
}

/** A trigger of one condition, as the parser's own functions take it. */
function asGroup(condition: Condition): GroupCondition {
  return condition.type === 'group' ? condition : { type: 'group', operator: 'and', children: [condition] }
}
