import type { AudienceDefinition, Computation, ComputedTraitDefinition, Subject, TraitValue } from '../../engage'
import type { Audience, ComputedTrait, Instant, Json } from './api'

/** Users or messages that are listed at most. */
export const MAX_SHOWN = 100

/** An audience or a computed trait at the reference date. */
export interface Snapshot {
  computation: Computation
  values: TraitValue[]
  /** What the next sync would send. */
  pending: TraitValue[]
  destinationIds: string[]
  lastSyncAt?: Instant
}

export function audienceView(snapshot: Snapshot, { event, atLeast, withinDays }: AudienceDefinition): Audience {
  const { values, pending } = snapshot
  const { joined, left } = membershipChanges(pending)
  return {
    ...commonView(snapshot),
    event,
    atLeast,
    withinDays,
    members: values.slice(0, MAX_SHOWN).map(({ subject }) => labelOf(subject)),
    pending: { joined: joined.length, left: left.length }
  }
}

/** Who joined an audience, and who left it. */
export function membershipChanges(changes: TraitValue[]): { joined: string[]; left: string[] } {
  const labelsOf = (isMember: boolean) =>
    changes.filter(({ value }) => (value !== false) === isMember).map(({ subject }) => labelOf(subject))
  return { joined: labelsOf(true), left: labelsOf(false) }
}

export function computedTraitView(snapshot: Snapshot, definition: ComputedTraitDefinition): ComputedTrait {
  const { kind, event } = definition
  return {
    ...commonView(snapshot),
    kind,
    event,
    ...(kind === 'last value' && { property: definition.property }),
    // The cast: the value of a property is JSON.
    values: snapshot.values
      .slice(0, MAX_SHOWN)
      .map(({ subject, value }) => ({ user: labelOf(subject), value: value as Json })),
    pending: snapshot.pending.length
  }
}

function commonView({ computation, values, destinationIds, lastSyncAt }: Snapshot) {
  const { id, key, definition } = computation
  return { id, key, name: definition.name, destinationIds, size: values.length, ...(lastSyncAt && { lastSyncAt }) }
}

/** What to call a User: its ID, or the anonymous one. */
function labelOf(subject: Subject): string {
  return 'userId' in subject ? subject.userId : 'anonymousId' in subject ? subject.anonymousId : subject.groupId
}
