import type { DestinationDefinition, JSONObject, Subscription } from '@segment/actions-core'
import { isJsonObject } from '../formats/json'
import { mappingWarnings } from './mapping-warnings'
import { subscriptionProblems } from './subscription-problems'

/** A subscription as Segment's Public API lists it: `GET /destinations/{id}/subscriptions`. */
interface ListedSubscription {
  name?: unknown
  actionSlug?: unknown
  trigger?: unknown
  enabled?: unknown
  /** The mapping; Terraform writes it as text that holds JSON. */
  settings?: unknown
}

const FORM =
  'This is not a list of mappings. Write a JSON array of objects with "name", "actionSlug", "trigger" and "settings", or save the response of Segment\'s Public API as it is.'

const INCOMPLETE =
  'This is one page of several, so that mappings are missing. Join the lists of all pages in one array ("pagination.next" is the cursor of the next page).'

/** Where the list may stand. */
interface Listed {
  subscriptions?: unknown
  pagination?: { next?: unknown }
}

/**
 * Reads the mappings of a destination in the form in which Segment's Public API lists them: the whole response, its
 * `subscriptions`, or the array itself. Disabled ones are checked and left out, as on the platform.
 *
 * @returns all problems, one sentence each, if there are any; otherwise warnings of what is probably not meant
 */
export function parseSubscriptions(
  json: unknown,
  definition: Pick<DestinationDefinition<never>, 'actions'>
): { subscriptions: Subscription[]; warnings: string[] } | { problems: string[] } {
  const listed = asListed(json)
  if (!Array.isArray(listed.subscriptions)) {
    return { problems: [FORM] }
  }
  if (typeof listed.pagination?.next === 'string' && listed.pagination.next) {
    return { problems: [INCOMPLETE] }
  }
  const subscriptions: Subscription[] = []
  const problems: string[] = []
  const warnings: string[] = []
  listed.subscriptions.forEach((item: unknown, index) => {
    const { name, actionSlug, trigger, enabled = true, settings = {} } = (item ?? {}) as ListedSubscription
    const place = typeof name === 'string' && name ? `Mapping ${index + 1} ("${name}")` : `Mapping ${index + 1}`
    const mapping = asObject(settings)
    const found: string[] = []
    if (typeof actionSlug !== 'string') {
      found.push('"actionSlug" is missing. Write the action\'s key, such as "track".')
    }
    if (!mapping) {
      found.push('"settings" is not an object. Write the fields of the action in it.')
    }
    if (typeof enabled !== 'boolean') {
      found.push('"enabled" is neither true nor false. Write it without quotes.')
    }
    if (typeof actionSlug === 'string' && mapping) {
      const subscription: Subscription = {
        name: typeof name === 'string' && name ? name : actionSlug,
        partnerAction: actionSlug,
        subscribe: typeof trigger === 'string' ? trigger : '',
        mapping
      }
      found.push(...subscriptionProblems(subscription, definition).map(({ message }) => message))
      if (enabled === true) {
        subscriptions.push(subscription)
        warnings.push(...mappingWarnings(mapping).map(({ message }) => `${place}: ${message}`))
      }
    }
    problems.push(...found.map((problem) => `${place}: ${problem}`))
  })
  if (problems.length === 0 && subscriptions.length === 0) {
    problems.push('No mapping is enabled, so nothing would be delivered.')
  }
  return problems.length > 0 ? { problems } : { subscriptions, warnings }
}

function asListed(json: unknown): Listed {
  if (Array.isArray(json)) {
    return { subscriptions: json }
  }
  const response = (json ?? {}) as Listed & { data?: Listed }
  return response.data ?? response
}

function asObject(settings: unknown): JSONObject | undefined {
  const value = typeof settings === 'string' ? parsed(settings) : settings
  // The cast: what JSON holds is JSON.
  return isJsonObject(value) ? (value as JSONObject) : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
