import { createHash } from 'node:crypto'
import type { SegmentEvent } from '@segment/actions-core'
import type { FilterTrace } from '../trace'
import type { Condition } from './fql'
import { UndecidableError } from './glob'
import { removeFields } from './remove-fields'
import type { Fields } from './remove-fields'
import { readPath } from './values'

/** In the order in which Segment applies them to an event, whichever filters they belong to. */
export const ACTION_TYPES = ['SAMPLE', 'DROP', 'DROP_PROPERTIES', 'ALLOW_PROPERTIES'] as const

export type FilterAction =
  | { type: 'DROP' }
  /** Keeps this share of the events, from 0 to 1: the same events in each run. Without a path, each event decides for itself. */
  | { type: 'SAMPLE'; percent: number; path?: readonly string[] }
  | { type: 'DROP_PROPERTIES' | 'ALLOW_PROPERTIES'; fields: readonly Fields[] }

/** A destination filter, ready to be applied. */
export interface Filter {
  title: string
  condition: Condition
  actions: readonly FilterAction[]
}

export interface Filtered {
  /** What is left of the event: the event itself if nothing was removed. */
  event: SegmentEvent
  /** Why the event is dropped, with the filter's title. */
  droppedBy?: string
  /** The filters that had an effect; if one of them dropped the event, only that. */
  effects: FilterTrace[]
}

/**
 * Returns what applies filters to an event. An event is dropped if a filter can't decide: otherwise personal data might get
 * through. Conditions read the event as it arrived, because Segment does not document whether they see removed fields.
 *
 * @see https://www.twilio.com/docs/segment/connections/destinations/destination-filters
 */
export function createFilters(filters: readonly Filter[]): (event: SegmentEvent) => Filtered {
  const steps = filters
    .flatMap((filter) => filter.actions.map((action) => ({ filter, action })))
    .sort((a, b) => ACTION_TYPES.indexOf(a.action.type) - ACTION_TYPES.indexOf(b.action.type))

  return (event) => {
    const effects: FilterTrace[] = []
    let current = event
    for (const { filter, action } of steps) {
      const { title } = filter
      try {
        if (!filter.condition.matches(event)) {
          continue
        }
        const droppedBy = reasonToDrop(title, action, event)
        if (droppedBy !== undefined) {
          return dropped(event, title, droppedBy)
        }
        if ('fields' in action) {
          const removed = new Set<string>()
          const kind = action.type === 'DROP_PROPERTIES' ? 'drop' : 'allow'
          for (const fields of action.fields) {
            // The cast: what is left of an event is read like any other.
            current = removeFields(current, fields, kind, (path) => removed.add(path)) as SegmentEvent
          }
          if (removed.size > 0) {
            effects.push({ title, effect: 'changed', removed: [...removed] })
          }
        }
      } catch (error) {
        return dropped(event, title, `The filter "${title}" can't decide, so it drops the event. ${describe(error)}`)
      }
    }
    return { event: current, effects }
  }
}

function dropped(event: SegmentEvent, title: string, reason: string): Filtered {
  return { event, droppedBy: reason, effects: [{ title, effect: 'dropped', reason, removed: [] }] }
}

function reasonToDrop(title: string, action: FilterAction, event: SegmentEvent): string | undefined {
  if (action.type === 'DROP') {
    return `The filter "${title}" drops it.`
  }
  return action.type === 'SAMPLE' && !isInSample(action, event)
    ? `The filter "${title}" keeps ${Number((action.percent * 100).toPrecision(10))}% of such events, and not this one.`
    : undefined
}

/** The same value always has the same fate. Which values Segment itself keeps is not public. */
function isInSample({ percent, path }: Extract<FilterAction, { type: 'SAMPLE' }>, event: SegmentEvent): boolean {
  const value = path ? readPath(event, path) : (event.messageId ?? event)
  const digest = createHash('md5').update(JSON.stringify(value)).digest()
  return percent >= 1 || Number(digest.readBigUInt64BE()) / 2 ** 64 < percent
}

function describe(error: unknown): string {
  return error instanceof UndecidableError ? error.message : 'The event is nested too deep.'
}
