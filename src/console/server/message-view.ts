import type { SegmentEvent } from '@segment/actions-core'
import { mismatchOf } from '../../runtime'
import type { EventTrace } from '../../runtime'
import type { Delivery, JsonObject, MappingTrace, MessageDetail, Preview } from './api'
import { deliveryOutcome } from './delivery/delivery-state'
import type { DeliveryState, MappingState } from './delivery/delivery-state'
import { summarize } from './message-record'
import type { MessageRecord } from './message-record'
import { sentenceFor } from './sentence'

/** Everything about one message. */
export function messageDetail(record: MessageRecord, source?: { id: string; name: string }): MessageDetail {
  const { event, deliveries, changes } = record
  return {
    ...summarize(record),
    sentence: sentenceFor(record),
    ...(source && { source: { id: source.id, name: source.name } }),
    event,
    enriched: enrichedFields(event),
    deliveries: deliveries.map((delivery) => deliveryView(delivery, event)),
    changes
  }
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
    mappings: mappingIds.map((mappingId, index) => mappingView(trace.mappings[index], event, { mappingId }))
  }
}

function deliveryView(delivery: DeliveryState, event: JsonObject): Delivery {
  const { destination, trace, mappings } = delivery
  return {
    destination,
    outcome: deliveryOutcome(delivery),
    integrations: trace.integrations,
    hints: trace.hints,
    // Before its first attempt, and if there was none, a message has no trace.
    mappings: mappings.flatMap((state, index) =>
      trace.mappings[index] === undefined ? [] : [mappingView(trace.mappings[index], event, state)]
    )
  }
}

function mappingView(
  trace: EventTrace['mappings'][number],
  event: JsonObject,
  { mappingId, ...state }: Pick<MappingState, 'mappingId'> & Partial<MappingState>
): MappingTrace {
  const { outcome, reason = trace.reason, status = trace.status, nextAttemptAt } = state
  // The casts: what was mapped, sent and received is JSON.
  const view = trace as unknown as Omit<MappingTrace, 'mappingId' | 'outcome'>
  return {
    ...view,
    mappingId,
    outcome: outcome ?? (trace.outcome === 'retryable' ? 'failed' : trace.outcome),
    status,
    nextAttemptAt,
    ...(trace.matches === 'no'
      ? // The cast: a message is an event.
        { mismatch: mismatchOf(trace.trigger, event as unknown as SegmentEvent), reason: undefined }
      : { reason })
  }
}

/** What Segment always adds, and what it corrects: see `enrich`. */
function enrichedFields(event: JsonObject): string[] {
  return ['receivedAt', 'timestamp', 'originalTimestamp'].filter((field) => event[field] !== undefined)
}
