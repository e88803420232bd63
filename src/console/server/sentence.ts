import type { Change } from './api'
import { outcomeOf, worstMapping } from './message-record'
import type { MessageRecord } from './message-record'

/** What became of a message, in one sentence. */
export function sentenceFor(record: MessageRecord): string {
  const { deliveries, dropped } = record
  const mapping = worstMapping(deliveries.flatMap(({ mappings }) => mappings))
  switch (outcomeOf(record)) {
    case 'dropped':
      return `Dropped by Segment: ${dropped}`
    case 'no destination':
      return 'Received: no enabled destination is connected to this source'
    case 'pending':
      return mapping?.nextAttemptAt === undefined
        ? 'Pending: it is on its way to Astrolabe'
        : `Waiting for attempt ${mapping.attempts + 1}: ${mapping.reason ?? 'the last attempt was not confirmed'}`
    case 'filtered':
      return `Filtered: ${deliveries.find(({ trace }) => !trace.integrations.isEnabled)?.trace.integrations.decidedBy ?? 'the integrations object keeps it from the destination'}`
    case 'not subscribed':
      return `No mapping matches${mismatchIn(record)}`
    case 'rejected':
      return `Rejected: ${mapping?.reason ?? 'Astrolabe does not accept it'}`
    case 'failed':
      return `Failed after ${count(mapping?.attempts ?? 0, 'attempt')}: ${mapping?.reason ?? 'it was not confirmed'}`
    case 'delivered':
      return `Delivered: ${describeChanges(record.changes)}`
  }
}

/** A mismatch with a suggestion says more than the others. */
function mismatchIn({ deliveries }: MessageRecord): string {
  const mappings = deliveries.flatMap(({ mappings }) => mappings)
  if (mappings.length === 0) {
    return ': the destination has no enabled mapping'
  }
  const mismatches = mappings.flatMap(({ reason }) => reason ?? [])
  const best = mismatches.find((mismatch) => mismatch.includes('did you mean')) ?? mismatches[0]
  return best === undefined ? '' : `: ${best}`
}

/** Such as "Astrolabe updated User userId123 and 2 traits". */
function describeChanges(changes: Change[]): string {
  if (changes.some(({ kind }) => kind === 'blocked')) {
    return 'Astrolabe blocked it, because the connector blocks Users with free email providers'
  }
  const [change, ...others] = [...changes].sort((one, other) => other.traits.length - one.traits.length)
  if (change === undefined) {
    return 'Astrolabe has received this message before, so nothing changed'
  }
  const traits = change.traits.length > 0 ? ` and ${count(change.traits.length, 'trait')}` : ''
  const more = others.map(({ kind, label }) => `, ${nameOf(kind)} ${label}`).join('')
  return `Astrolabe ${change.kind === 'event' ? 'recorded' : 'updated'} ${nameOf(change.kind)} ${change.label}${traits}${more}`
}

function nameOf(kind: Change['kind']): string {
  return { user: 'User', account: 'Account', event: 'event', blocked: 'blocked message' }[kind]
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
