import { generateFql, parseFql, validate } from '@segment/destination-subscriptions'
import type { Condition, Subscription as Fql } from '@segment/destination-subscriptions'
import type { SegmentEvent } from '@segment/actions-core'
import { mismatchForLogs } from './mismatch'

/** The condition under which a mapping runs, written in Segment's FQL. */
export interface Trigger {
  fql: string
  /** The framework can't read it, so that the platform rejects every event. */
  isUnreadable: boolean
  /** What the framework reads, written out; empty if it can't. */
  readAs: string
  /** The types of call that it names, such as `track`. */
  types: string[]
  matches(event: SegmentEvent): boolean
  /** Why it does not match an event, for logs: see `mismatchForLogs`. Empty if it can't be read. */
  mismatch(event: SegmentEvent): string
}

/** Parsed once: the framework would parse it for each event. */
export function parseTrigger(fql: unknown): Trigger {
  const text = typeof fql === 'string' ? fql : ''
  const parsed: Fql = parseFql(text)
  return {
    fql: text,
    isUnreadable: 'error' in parsed,
    readAs: 'error' in parsed ? '' : generateFql(parsed),
    types: 'error' in parsed ? [] : [...new Set(typesIn(parsed))],
    matches: (event) => validate(parsed, event),
    mismatch: (event) => ('error' in parsed ? '' : mismatchForLogs(parsed, event))
  }
}

function typesIn(condition: Condition): string[] {
  if (condition.type === 'group') {
    return condition.children.flatMap(typesIn)
  }
  return condition.type === 'event-type' && condition.operator === '=' && condition.value ? [condition.value] : []
}
