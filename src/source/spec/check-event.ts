import { isObject } from '../message'
import type { Call } from '../message'
import { SPEC_CALLS } from './calls'
import type { SpecCall } from './calls'
import { OWN_FIELDS } from './fields'
import type { SpecField } from './fields'

/** How an event differs from Segment's Spec. */
export interface SpecProblem {
  /** Where, such as `['traits', 'email']`. Empty if it concerns the whole event. */
  path: string[]
  message: string
  /** An error keeps the event from being delivered. A warning does not. */
  severity: 'error' | 'warning'
}

/** Compares an event with Segment's Spec. Additional traits, properties and context fields are fine. */
export function checkEvent(event: unknown): SpecProblem[] {
  if (!isObject(event)) {
    return [error([], 'An event is a JSON object')]
  }
  const type = event.type
  const spec = SPEC_CALLS.find((call) => call.type === type)
  return spec ? [...missing(event, spec), ...mistyped(event, spec)] : [typeProblem(type)]
}

function typeProblem(type: unknown): SpecProblem {
  const types = SPEC_CALLS.map((call) => call.type)
  const meant = types.find((known) => typeof type === 'string' && known === type.toLowerCase())
  if (type === undefined) {
    return error([], `"type" is missing: use ${types.join(', ')}`)
  }
  return meant
    ? error(['type'], `Write "${meant}": triggers compare types by case`)
    : error(['type'], `The type must be one of ${types.join(', ')}`)
}

function missing(event: Call, { required, needsUser, type }: SpecCall): SpecProblem[] {
  const problems = required
    .filter((name) => isMissing(event[name]))
    .map((name) => error(name in event ? [name] : [], `The ${type} call needs "${name}"`))
  if (!isMissing(event.userId) || !isMissing(event.anonymousId)) {
    return problems
  }
  const noUser = needsUser
    ? error([], `The ${type} call needs "userId" or "anonymousId"`)
    : warning([], `Without "userId" and "anonymousId" only Engage and Reverse ETL can send a ${type} call`)
  return [noUser, ...problems]
}

function mistyped(event: Call, { fields, required, children }: SpecCall): SpecProblem[] {
  const problems = [...new Set([...fields, OWN_FIELDS.traits, OWN_FIELDS.properties])]
    .filter((field) => !hasType(field, event[field.name]))
    .map((field) => problemOf(field, event[field.name], required))
  const nested = Object.entries(children).flatMap(([parent, names]) => {
    const value = event[parent]
    return isObject(value)
      ? names
          .filter((field) => !hasType(field, value[field.name]))
          .map((field) => warning([parent, field.name], `The Spec expects ${TYPES[field.type]} here`))
      : []
  })
  return [...problems, ...nested]
}

/** Of pages and screens. They may be missing, and must not be empty. Segment accepts an empty category all the same. */
const NEVER_EMPTY = ['name', 'category']

function problemOf({ name, type }: SpecField, value: unknown, required: string[]): SpecProblem {
  const isAccepted = name === 'category' && value === ''
  const isError = type === 'object' || required.includes(name) || (NEVER_EMPTY.includes(name) && !isAccepted)
  const rule = NEVER_EMPTY.includes(name) && value === '' ? 'not be empty' : `be ${TYPES[type]}`
  return (isError ? error : warning)([name], `"${name}" must ${rule}`)
}

const TYPES: Record<SpecField['type'], string> = {
  string: 'a string',
  object: 'an object',
  boolean: 'true or false',
  number: 'a number',
  date: 'a date in ISO 8601',
  any: 'a value'
}

function hasType({ name, type }: SpecField, value: unknown): boolean {
  if (value === undefined || value === null || type === 'any') {
    return true
  }
  switch (type) {
    case 'object':
      return isObject(value)
    case 'date':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value))
    case 'string':
      return typeof value === 'string' && !(value === '' && NEVER_EMPTY.includes(name))
    default:
      return typeof value === type
  }
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

function error(path: string[], message: string): SpecProblem {
  return { path, message, severity: 'error' }
}

function warning(path: string[], message: string): SpecProblem {
  return { path, message, severity: 'warning' }
}
