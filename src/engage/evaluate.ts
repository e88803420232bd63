import type { ComputationDefinition } from './computation'
import type { EventHistory, PerformedEvent, Subject } from './history'

const DAY = 24 * 60 * 60 * 1000

/** A trait of somebody, as it is at a reference date. */
export interface TraitValue {
  subject: Subject
  value: unknown
}

/**
 * Computes an audience or a trait for everybody at a reference date: `true` for the members of an audience, and the
 * value of a trait for those who have one. Events after the reference date do not count.
 *
 * @returns by a key that identifies the subject
 */
export function evaluate(
  computation: ComputationDefinition,
  history: EventHistory,
  referenceDate: Date
): Map<string, TraitValue> {
  const now = referenceDate.getTime()
  const performedBy = new Map<string, { subject: Subject; events: PerformedEvent[] }>()
  for (const performed of history.named(computation.event)) {
    const subject = subjectOf(performed, computation, history)
    if (subject && performed.at <= now) {
      const key = subjectKey(subject)
      const entry = performedBy.get(key) ?? { subject, events: [] }
      entry.events.push(performed)
      performedBy.set(key, entry)
    }
  }

  const values = new Map<string, TraitValue>()
  for (const [key, { subject, events }] of performedBy) {
    const value = valueOf(computation, events, now)
    if (value !== undefined) {
      values.set(key, { subject, value })
    }
  }
  return values
}

export function subjectKey(subject: Subject): string {
  return JSON.stringify(subject)
}

function subjectOf({ ids }: PerformedEvent, { level }: ComputationDefinition, history: EventHistory) {
  if (level !== 'account') {
    return history.userOf(ids)
  }
  return ids.groupId === undefined ? undefined : { groupId: ids.groupId }
}

function valueOf(computation: ComputationDefinition, events: PerformedEvent[], now: number): unknown {
  switch (computation.kind) {
    case 'audience': {
      const since = now - computation.withinDays * DAY
      return events.filter(({ at }) => at > since).length >= computation.atLeast ? true : undefined
    }
    case 'count':
      return events.length
    case 'last value': {
      const { property } = computation
      const [last] = events
        .filter(({ properties }) => Object.hasOwn(properties, property))
        .sort((a, b) => a.at - b.at)
        .slice(-1)
      return last?.properties[property]
    }
  }
}
