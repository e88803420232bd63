import type { SegmentEvent } from '@segment/actions-core'
import { mappingWarnings, mismatchOf } from '../../runtime'
import type { EventTrace } from '../../runtime'
import type { Workspace } from '../../sandbox/workspace/workspace'
import type { Delivery, JsonObject, MappingTrace, MessageDetail, Preview } from './api'
import { linkTo } from './astrolabe-view'
import { decisionOf } from './delivery/delivery-state'
import type { DeliveryState } from './delivery/delivery-state'
import { isKeyRejection } from './key-test'
import { summarize, textOf } from './message-record'
import type { MessageRecord } from './message-record'
import { describeFiltered, sentenceFor } from './sentence'

/** Everything about one message. */
export function messageDetail(
  record: MessageRecord,
  { source, records = {} }: Partial<Pick<MessageDetail, 'source' | 'records'>> = {}
): MessageDetail {
  const { event, hints, deliveries, changes, omittedChanges } = record
  return {
    ...summarize(record),
    sentence: sentenceFor(record),
    ...(source && { source: { id: source.id, name: source.name } }),
    records,
    event,
    enriched: enrichedFields(event),
    hints: [...hints],
    deliveries: deliveries.map((delivery) => deliveryView(delivery, event)),
    changes,
    omittedChanges
  }
}

/** The User and the Account that Astrolabe has under the IDs of a message: those that were mapped, or else its own. */
export function recordsOf({ event, deliveries }: MessageRecord, workspace: Workspace): MessageDetail['records'] {
  const payloads = deliveries.flatMap(({ trace }) => trace.mappings.map(({ payload }) => payload))
  const mapped = payloads.filter((payload) => payload !== undefined)
  // The cast: a client may send any context.
  const groupId = (event.context as JsonObject | undefined)?.groupId ?? event.groupId
  const own = { user_id: event.userId, anonymous_id: event.anonymousId, account_id: groupId, group_id: undefined }
  const idOf = (field: keyof typeof own) =>
    (mapped.length > 0 ? mapped : [own]).map((ids) => textOf(ids[field])).find((id) => id !== undefined)

  const user = workspace.users.find({ userId: idOf('user_id'), anonymousId: idOf('anonymous_id') })
  const account = workspace.accounts.get(idOf('group_id') ?? idOf('account_id') ?? '')
  return { ...(user && { user: linkTo(user) }), ...(account && { account: linkTo(account) }) }
}

/** @param mappings those of the trace, in its order */
export function previewView(trace: EventTrace, event: JsonObject, mappings: DeliveryState['mappings']): Preview {
  const matching = trace.mappings.filter(({ matches }) => matches === 'yes').length
  const filteredBy = describeFiltered(trace)
  const routed = routedEvent(trace, event)
  return {
    sentence: filteredBy ? `Filtered: ${filteredBy}` : `${matching} of ${trace.mappings.length} mappings match`,
    integrations: trace.integrations,
    filters: trace.filters ?? [],
    hints: trace.hints,
    mappings: trace.mappings.map((mapping, index) => mappingView(mapping, routed, mappings[index], {}))
  }
}

function deliveryView(delivery: DeliveryState, event: JsonObject): Delivery {
  const { destination, trace, outcome, mappings, nextAttempts } = delivery
  const routed = routedEvent(trace, event)
  const views = trace.mappings.map((mapping, index) =>
    mappingView(mapping, routed, mappings[index], {
      outcome: decisionOf(mapping).outcome,
      nextAttemptAt: nextAttempts[index]
    })
  )
  return {
    destination,
    outcome,
    integrations: trace.integrations,
    filters: trace.filters ?? [],
    hints: trace.hints,
    mappings: views,
    fix: outcome === 'queue full' ? undefined : fixFor(views)
  }
}

/** Where the reader can do something about an event that did not arrive. */
function fixFor(mappings: MappingTrace[]): Delivery['fix'] {
  const undelivered = mappings.filter(({ outcome }) => outcome === 'rejected' || outcome === 'failed')
  if (undelivered.some(({ status }) => isKeyRejection(status))) {
    return { at: 'key' }
  }
  const mistaken = undelivered.find(({ hints }) => hints.length > 0)
  if (mistaken) {
    return { at: 'mapping', mappingId: mistaken.mappingId }
  }
  return mappings.every(({ outcome }) => outcome === 'not subscribed') ? { at: 'mappings' } : undefined
}

/** The event that the triggers saw. The cast: a message is an event. */
function routedEvent(trace: EventTrace, event: JsonObject): SegmentEvent {
  return trace.event ?? (event as unknown as SegmentEvent)
}

function mappingView(
  trace: EventTrace['mappings'][number],
  event: SegmentEvent,
  { id, fields }: DeliveryState['mappings'][number],
  about: Pick<MappingTrace, 'outcome' | 'nextAttemptAt'>
): MappingTrace {
  // The cast: what was mapped, sent and received is JSON.
  const view = trace as unknown as Omit<MappingTrace, 'mappingId' | 'outcome' | 'hints'>
  return {
    ...view,
    mappingId: id,
    hints: trace.matches === 'no' ? [] : mappingWarnings(fields).map(({ message }) => message),
    outcome: trace.outcome === 'retryable' ? 'failed' : trace.outcome,
    ...about,
    ...(trace.matches === 'no' && {
      mismatch: mismatchOf(trace.trigger, event),
      reason: undefined
    })
  }
}

/** What Segment always adds, and what it corrects: see `enrich`. */
function enrichedFields(event: JsonObject): string[] {
  return ['receivedAt', 'timestamp', 'originalTimestamp'].filter((field) => event[field] !== undefined)
}
