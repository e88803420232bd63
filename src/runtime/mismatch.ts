import { generateFql, parseFql, validate } from '@segment/destination-subscriptions'
import type { Condition, GroupCondition } from '@segment/destination-subscriptions'
import type { SegmentEvent } from '@segment/actions-core'
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
  return 'error' in trigger || validate(trigger, event) ? undefined : describe(trigger, event)
}

function describe(condition: Condition, event: SegmentEvent): string {
  if (condition.type !== 'group') {
    return describeField(condition, event)
  }
  const failed = condition.children.filter((child) => !validate(asGroup(child), event))
  return condition.operator === 'or'
    ? failed.map((child) => describe(child, event)).join(', and ')
    : describe(failed[0], event)
}

function describeField(condition: FieldCondition, event: SegmentEvent): string {
  const path = pathOf(condition)
  const value = path.reduce<unknown>((parent, key) => (parent as Record<string, unknown> | undefined)?.[key], event)
  const field = path.join('.')
  const is = value === undefined ? `${field} is missing` : `${field} is ${JSON.stringify(value)}`
  const { operator } = condition
  const wanted = 'value' in condition ? condition.value : undefined
  if (!EQUALS.includes(operator) || value === undefined) {
    return `${is}, the trigger is ${generateFql(asGroup(condition))}`
  }
  const meant = typeof value === 'string' && typeof wanted === 'string' && closest(value, [wanted.toLowerCase()])
  return meant ? `${is}, did you mean ${JSON.stringify(wanted)}?` : `${is}, not ${JSON.stringify(wanted)}`
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
