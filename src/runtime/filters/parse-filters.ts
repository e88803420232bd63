import { isJsonObject } from '../../formats/json'
import type { Filter, FilterAction } from './filters'
import { parseCondition } from './fql'
import type { Condition } from './fql'
import { readActions } from './read-actions'
import { FqlError } from './tokens'

interface FilterProblem {
  field: 'if' | 'actions' | 'enabled'
  message: string
}

const FORM =
  'This is not a list of destination filters. Save the response of Segment\'s Public API as it is, or write a JSON array of objects with "title", "if", "actions" and "enabled".'

const INCOMPLETE =
  'This is one page of several, so that filters are missing. Join the lists of all pages in one array ("pagination.next" is the cursor of the next page).'

/** Where Segment lets filters remove fields. */
const ROOTS = ['properties', 'traits', 'context']

/** Fields that an event may have at its root. */
const EVENT_FIELDS =
  'type event name category userId anonymousId groupId previousId messageId timestamp originalTimestamp sentAt receivedAt channel version writeKey projectId integrations properties traits context _metadata'.split(
    ' '
  )

/**
 * Reads the filters of a destination in the form in which Segment's Public API lists them: the whole response, its
 * `filters` or `filter`, or the array itself. Disabled ones are left out.
 *
 * @returns all problems, one sentence each, if there are any: a filter that can't be applied exactly is one. Otherwise the
 * number of disabled filters, and warnings of what may be applied in another way than by Segment
 */
export function parseFilters(
  json: unknown
): { filters: Filter[]; disabled: number; warnings: string[] } | { problems: string[] } {
  const { filters: items, pagination } = asListed(json)
  if (!Array.isArray(items) || !items.every(isJsonObject)) {
    return { problems: [FORM] }
  }
  if (isJsonObject(pagination) && pagination.next) {
    return { problems: [INCOMPLETE] }
  }
  const destinations = new Set(items.flatMap(({ destinationId }) => destinationId ?? []))
  const problems = destinations.size > 1 ? [`These are filters of ${destinations.size} destinations. Keep one's.`] : []
  const filters: Filter[] = []
  const warnings: string[] = []
  let disabled = 0
  items.forEach((item, index) => {
    const title = typeof item.title === 'string' ? item.title.trim() : ''
    const place = title ? `Filter ${index + 1} ("${title}")` : `Filter ${index + 1}`
    if (item.enabled === false) {
      disabled++
      return
    }
    const parsed = parseFilter({ ...item, title: title || `Filter ${index + 1}` })
    if ('problems' in parsed) {
      problems.push(...parsed.problems.map(({ message }) => `${place}: ${message}`))
    } else {
      filters.push(parsed.filter)
      warnings.push(...parsed.warnings.map((warning) => `${place}: ${warning}`))
    }
  })
  return problems.length > 0 ? { problems } : { filters, disabled, warnings }
}

/** One filter, as the Public API writes it. */
export function parseFilter(
  item: Record<string, unknown>
): { filter: Filter; warnings: string[] } | { problems: FilterProblem[] } {
  const problems: FilterProblem[] = []
  const { title, enabled = true } = item
  if (typeof enabled !== 'boolean') {
    problems.push({ field: 'enabled', message: '"enabled" is neither true nor false. Write it without quotes.' })
  }
  const condition = readCondition(item.if, (message) => problems.push({ field: 'if', message }))
  const actions = readActions(item.actions, (message) => problems.push({ field: 'actions', message }))
  if (problems.length > 0 || !condition) {
    return { problems }
  }
  return { filter: { title: String(title), condition, actions }, warnings: warningsOf(condition, actions) }
}

function asListed(json: unknown): { filters?: unknown; pagination?: unknown } {
  if (Array.isArray(json)) {
    return { filters: json }
  }
  const response = isJsonObject(json) ? json : {}
  const data = isJsonObject(response.data) ? response.data : response
  return 'filter' in data ? { filters: [data.filter] } : data
}

function readCondition(text: unknown, report: (message: string) => void): Condition | undefined {
  if (typeof text !== 'string' || text.trim() === '') {
    report('"if" is empty. Write a condition, or "all" for every event.')
    return undefined
  }
  try {
    return parseCondition(text)
  } catch (error) {
    if (error instanceof FqlError) {
      report(describeBreak(text, error))
      return undefined
    }
    throw error
  }
}

function describeBreak(text: string, { message, position }: FqlError): string {
  const rest = text.slice(position)
  const place =
    rest.trim() === ''
      ? 'at its end'
      : `at character ${position + 1}, ${JSON.stringify(rest.length > 30 ? `${rest.slice(0, 30)}…` : rest)}`
  return `The condition breaks ${place}. ${message}`
}

function warningsOf({ paths, isMixed }: Condition, actions: FilterAction[]): string[] {
  const warnings: string[] = []
  if (isMixed) {
    warnings.push('The condition has "and" beside "or". Here "and" binds tighter; write parentheses to be sure.')
  }
  const unknown = new Set(paths.map(([root]) => root).filter((root) => !EVENT_FIELDS.includes(root)))
  for (const root of unknown) {
    warnings.push(`The condition reads a field "${root}" that no event has at its root. Text needs quotes.`)
  }
  const roots = new Set(
    actions.flatMap((action) => ('fields' in action ? action.fields.map(({ path: [root = ''] }) => root) : []))
  )
  for (const root of roots) {
    if (!ROOTS.includes(root)) {
      warnings.push(
        `It removes fields of ${root === '' ? 'the event itself' : `"${root}"`}. Segment documents this only for ${ROOTS.join(', ')}.`
      )
    }
  }
  return warnings
}
