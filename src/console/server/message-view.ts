import type { SegmentEvent } from '@segment/actions-core'
import { mismatchOf } from '../../runtime'
import type { EventTrace } from '../../runtime'
import type { Delivery, JsonObject, MappingTrace, MessageDetail, Preview } from './api'
import { decisionOf } from './delivery/delivery-state'
import type { DeliveryState } from './delivery/delivery-state'
import { summarize } from './message-record'
import type { MessageRecord } from './message-record'
import { describeFiltered, sentenceFor } from './sentence'

/** Everything about one message. */
export function messageDetail(record: MessageRecord, source?: { id: string; name: string }): MessageDetail {
  const { event, hints, deliveries, changes, omittedChanges } = record
  return {
    ...summarize(record),
    sentence: sentenceFor(record),
    ...(source && { source: { id: source.id, name: source.name } }),
    event,
    enriched: enrichedFields(event),
    hints: [...hints],
    deliveries: deliveries.map((delivery) => deliveryView(delivery, event)),
    changes,
    omittedChanges
  }
}

/** @param mappingIds the mappings of the trace, in its order */
export function previewView(trace: EventTrace, event: JsonObject, mappingIds: string[]): Preview {
  const matching = trace.mappings.filter(({ matches }) => matches === 'yes').length
  const filteredBy = describeFiltered(trace)
  return {
    sentence: filteredBy ? `Filtered: ${filteredBy}` : `${matching} of ${trace.mappings.length} mappings match`,
    integrations: trace.integrations,
    filters: trace.filters ?? [],
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
    filters: trace.filters ?? [],
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
