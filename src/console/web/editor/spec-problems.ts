import type { Json } from '../../server/api'
import type { SpecField } from './spec'
import { fieldsOf, SPEC_CALLS } from './spec'

export interface SpecProblem {
  /** The field at the root of the event that it is about. Absent: the event as a whole. */
  field?: string
  severity: 'error' | 'warning'
  message: string
}

/** What is wrong with an event by Segment's Spec. Segment accepts some of it, so those are warnings. */
export function specProblems(event: Json): SpecProblem[] {
  if (event === null || typeof event !== 'object' || Array.isArray(event)) {
    return [{ severity: 'error', message: 'An event is a JSON object.' }]
  }
  const { type } = event
  if (typeof type !== 'string' || type === '') {
    return [{ severity: 'error', message: 'An event needs a type, such as "track".' }]
  }
  const call = Object.hasOwn(SPEC_CALLS, type) ? SPEC_CALLS[type] : undefined
  if (call === undefined) {
    return [{ field: 'type', severity: 'error', message: unknownType(type) }]
  }
  const problems: SpecProblem[] = []
  for (const name of call.required) {
    if (event[name] === undefined || event[name] === null || event[name] === '') {
      problems.push({ severity: 'error', message: `A call of type ${type} needs "${name}".` })
    }
  }
  if (call.needsUser && !event.userId && !event.anonymousId) {
    problems.push({ severity: 'error', message: `A call of type ${type} needs "userId" or "anonymousId".` })
  }
  for (const spec of fieldsOf(type)) {
    const value = event[spec.name]
    if (value !== undefined && value !== null && !isOfType(value, spec)) {
      problems.push({
        field: spec.name,
        severity: 'warning',
        message: `By the Spec, "${spec.name}" is ${NOUNS[spec.type]}.`
      })
    }
  }
  return problems
}

function unknownType(type: string): string {
  const lower = type.toLowerCase()
  return Object.hasOwn(SPEC_CALLS, lower)
    ? `The type "${type}" is unknown: did you mean "${lower}"?`
    : `The type "${type}" is unknown. The Spec has ${Object.keys(SPEC_CALLS).join(', ')}.`
}

const NOUNS: Record<SpecField['type'], string> = {
  string: 'a text',
  object: 'an object',
  date: 'a date in ISO 8601',
  number: 'a number',
  boolean: 'true or false'
}

function isOfType(value: Json, { type }: SpecField): boolean {
  switch (type) {
    case 'object':
      return typeof value === 'object' && !Array.isArray(value)
    case 'date':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value))
    default:
      return typeof value === type
  }
}
