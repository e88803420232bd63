import type { SegmentEvent } from '@segment/actions-core'
import { mismatchOf } from '../../runtime'
import type { EventTrace } from '../../runtime'
import type { Workspace } from '../../sandbox/workspace/workspace'
import type { Delivery, JsonObject, MappingTrace, MessageDetail, Preview } from './api'
import { linkTo } from './astrolabe-view'
import { decisionOf } from './delivery/delivery-state'
import type { DeliveryState } from './delivery/delivery-state'
import { summarize, textOf } from './message-record'
import type { MessageRecord } from './message-record'
import { sentenceFor } from './sentence'

/** Everything about one message. */
export function messageDetail(
  record: MessageRecord,
  { source, records = {} }: Partial<Pick<MessageDetail, 'source' | 'records'>> = {}
): MessageDetail {
  const { event, deliveries, changes } = record
  return {
    ...summarize(record),
    sentence: sentenceFor(record),
    ...(source && { source: { id: source.id, name: source.name } }),
    records,
    event,
    enriched: enrichedFields(event),
    deliveries: deliveries.map((delivery) => deliveryView(delivery, event)),
    changes
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

/** @param mappingIds the mappings of the trace, in its order */
export function previewView(trace: EventTrace, event: JsonObject, mappingIds: string[]): Preview {
  const matching = trace.mappings.filter(({ matches }) => matches === 'yes').length
  const { isEnabled, decidedBy } = trace.integrations
  return {
    sentence: isEnabled
      ? `${matching} of ${trace.mappings.length} mappings match`
      : `Filtered: ${decidedBy ?? 'the integrations object keeps it from the destination'}`,
    integrations: trace.integrations,
    hints: trace.hints,
    mappings: trace.mappings.map((mapping, index) => mappingView(mapping, event, { mappingId: mappingIds[index] }))
  }
}

function deliveryView(delivery: DeliveryState, event: JsonObject): Delivery {
  const { destination, trace, decision, mappingIds, nextAttempts } = delivery
  return {
    destination,
    outcome: decision.outcome,
    integrations: trace.integrations,
    hints: trace.hints,
    mappings: trace.mappings.map((mapping, index) =>
      mappingView(mapping, event, {
        mappingId: mappingIds[index],
        outcome: decisionOf(mapping).outcome,
        nextAttemptAt: nextAttempts[index]
      })
    )
  }
}

function mappingView(
  trace: EventTrace['mappings'][number],
  event: JsonObject,
  about: Pick<MappingTrace, 'mappingId' | 'outcome' | 'nextAttemptAt'>
): MappingTrace {
  // The casts: what was mapped, sent and received is JSON, and a message is an event.
  const view = trace as unknown as Omit<MappingTrace, 'mappingId' | 'outcome'>
  return {
    ...view,
    outcome: trace.outcome === 'retryable' ? 'failed' : trace.outcome,
    ...about,
    ...(trace.matches === 'no' && {
      mismatch: mismatchOf(trace.trigger, event as unknown as SegmentEvent),
      reason: undefined
    })
  }
}

/** What Segment always adds, and what it corrects: see `enrich`. */
function enrichedFields(event: JsonObject): string[] {
  return ['receivedAt', 'timestamp', 'originalTimestamp'].filter((field) => event[field] !== undefined)
}
