import type { SegmentEvent } from '@segment/actions-core'
import { mismatchOf } from '../../runtime'
import type { EventTrace } from '../../runtime'
import type { Change } from './api'
import { decide } from './delivery/delivery-state'
import { outcomeOf, refusalOf } from './message-record'
import type { MessageRecord } from './message-record'

/** What became of a message, in one sentence. */
export function sentenceFor(record: MessageRecord): string {
  const { deliveries, dropped, refused } = record
  const decision = decide(deliveries.map((delivery) => delivery.decision))
  switch (outcomeOf(record)) {
    case 'dropped':
      return `Dropped by Segment: ${dropped}`
    case 'refused':
      return `The source refused this request, so it received none of its messages: ${refused}`
    case 'queue full':
      return `The console's queue is full: ${refusalOf(record)}`
    case 'no destination':
      return 'Received: no enabled destination is connected to this source'
    case 'pending':
      return decision?.nextAttemptAt === undefined
        ? 'Pending: it is on its way to Astrolabe'
        : `Waiting for attempt ${decision.attempts + 1}: ${decision.reason ?? 'the last attempt was not confirmed'}`
    case 'filtered':
      return `Filtered: ${deliveries.flatMap(({ trace }) => describeFiltered(trace) ?? [])[0]}`
    case 'not subscribed':
      return `No mapping matches${mismatchIn(record)}`
    case 'rejected':
      return `Rejected: ${decision?.reason ?? 'Astrolabe does not accept it'}`
    case 'failed':
      return `Failed${decision?.attempts ? ` after ${count(decision.attempts, 'attempt')}` : ''}: ${decision?.reason ?? 'it was not confirmed'}`
    case 'delivered':
      return describeChanges(record.changes)
  }
}

/** What keeps an event from a destination; undefined if nothing does. */
export function describeFiltered({ integrations, filters = [] }: EventTrace): string | undefined {
  return integrations.isEnabled
    ? filters.find(({ effect }) => effect === 'dropped')?.reason
    : (integrations.decidedBy ?? 'the integrations object keeps it from the destination')
}

/** A mismatch with a suggestion says more than the others. */
function mismatchIn({ deliveries, event }: MessageRecord): string {
  if (deliveries.every(({ mappings }) => mappings.length === 0)) {
    return ': the destination has no enabled mapping'
  }
  const mismatches = deliveries.flatMap(({ trace }) => {
    // The cast: a message is an event.
    const routed = trace.event ?? (event as unknown as SegmentEvent)
    return trace.mappings.flatMap(({ trigger }) => mismatchOf(trigger, routed) ?? [])
  })
  const best = mismatches.find((mismatch) => mismatch.includes('did you mean')) ?? mismatches[0]
  return best === undefined ? '' : `: ${best}`
}

/** Such as "Delivered: Astrolabe updated User userId123 and 2 traits". */
function describeChanges(changes: Change[]): string {
  const blocked = changes.find(({ kind }) => kind === 'blocked')
  if (blocked) {
    return `Blocked: the connector blocks Users with free email providers (${blocked.label})`
  }
  const records = changes.filter(({ kind }) => kind !== 'duplicate')
  if (records.length === 0) {
    return 'Delivered: Astrolabe has received this message before, so nothing changed'
  }
  return `Delivered: Astrolabe ${records.map(describeChange).join(' and ')}`
}

function describeChange({ kind, label, isNew, traits }: Change): string {
  if (kind === 'event') {
    return `recorded event ${label}`
  }
  const name = `${kind === 'user' ? 'User' : 'Account'} ${label}`
  const suffix = traits.length > 0 ? ` ${isNew ? 'with' : 'and'} ${count(traits.length, 'trait')}` : ''
  return `${isNew ? 'created' : 'updated'} ${name}${suffix}`
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
