import type { Call, SegmentMessage } from './message'

export interface Arrival {
  receivedAt: Date
  /** The ID of a message that has none. */
  messageId: string
}

/**
 * Adds to a call what Segment adds to it, and removes the write key. The clock of the client may be wrong, so its
 * `timestamp` becomes `originalTimestamp`, and `timestamp` is corrected by the time that lies between the call and the
 * request: `receivedAt - (sentAt - originalTimestamp)`.
 *
 * Source of the rules: Segment's Spec, "Common fields". A `timestamp` without `sentAt` can't be corrected, so it stays.
 * If there is no readable `timestamp`, the message happened when it was received.
 */
export function enrich(call: Call, { receivedAt, messageId }: Arrival): SegmentMessage {
  const { writeKey: _writeKey, timestamp, ...rest } = call
  return {
    ...rest,
    type: typeof call.type === 'string' ? call.type : '',
    messageId: textOf(call.messageId) ?? messageId,
    ...(timestamp === undefined || timestamp === null ? {} : { originalTimestamp: timestamp }),
    timestamp: correctedTimestamp(timestamp, call.sentAt, receivedAt),
    receivedAt: receivedAt.toISOString()
  }
}

function correctedTimestamp(timestamp: unknown, sentAt: unknown, receivedAt: Date): string {
  const original = timeOf(timestamp)
  if (typeof timestamp !== 'string' || Number.isNaN(original)) {
    return receivedAt.toISOString()
  }
  const corrected = new Date(receivedAt.getTime() - (timeOf(sentAt) - original))
  // No readable `sentAt`, or one so far away that the result is not a date.
  return Number.isNaN(corrected.getTime()) ? timestamp : corrected.toISOString()
}

/** A time of day without a zone, which `Date.parse` would take for the time zone of this machine. */
const WITHOUT_ZONE = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?$/

/** Milliseconds since 1970, or `NaN` if it can't be read. A time without a zone is UTC. */
export function timeOf(value: unknown): number {
  return typeof value === 'string' ? Date.parse(WITHOUT_ZONE.test(value) ? `${value}Z` : value) : NaN
}

function textOf(id: unknown): string | undefined {
  return typeof id === 'number' || (typeof id === 'string' && id !== '') ? String(id) : undefined
}
