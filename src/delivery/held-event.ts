import type { SegmentEvent } from '@segment/actions-core'
import type { Node } from 'yallist'
import { MAX_RETRY_AFTER, worse } from '../runtime'
import type { AttemptResult } from '../runtime'
import type { Ticket } from './order'
import type { EventRead } from './inputs/read-events'
import type { EventResult } from './result'

/** An event between reading and settling. */
export interface HeldEvent {
  readonly read: EventRead
  readonly event: SegmentEvent
  /** How many events were held before this one. */
  readonly sequence: number
  /** The mappings under which the event is not settled yet, as indices. */
  open: readonly number[]
  /** Final results, at most one per mapping. */
  readonly results: AttemptResult[]
  attempts: number
  /** Attempts that don't count against its retries, because the receiver was out of order. */
  excused: number
  /** Whether a receiver found a batch with this event too large. */
  isAlone: boolean
  ticket?: Ticket<HeldEvent>
  /** Where it stands among all held events. */
  place?: Node<HeldEvent>
}

/**
 * Moves final results from `open` to `results`. A retryable result is final if there is no attempt left.
 *
 * @returns whether the event is tried again under any of these mappings
 */
export function applyAttempt(held: HeldEvent, results: readonly AttemptResult[], isLast: boolean): boolean {
  const open: number[] = []
  for (const result of results) {
    if (isLast || result.outcome !== 'retryable') {
      held.results.push(result)
    } else {
      open.push(result.mapping)
    }
  }
  held.open = open
  return open.length > 0
}

/** Moves final results that are retryable back to `open`: there is another attempt after all. */
export function reopen(held: HeldEvent): void {
  const all = held.results.splice(0)
  held.results.push(...all.filter(({ outcome }) => outcome !== 'retryable'))
  held.open = [...held.open, ...all.filter(({ outcome }) => outcome === 'retryable').map(({ mapping }) => mapping)]
}

/** What became of a settled event: the worst result of its mappings. */
export function toEventResult({ read, event, results, attempts }: HeldEvent, mappings: readonly { name: string }[]) {
  const { outcome, reason, reasonFrom, status, mapping } = results.reduce(worse)
  const { file, unit, line, raw } = read
  // One literal: spreading objects into it costs more than the rest of an event's settling.
  const result: EventResult = {
    file,
    unit,
    line,
    raw,
    type: event.type,
    messageId: messageIdOf(event),
    outcome: outcome === 'retryable' ? 'failed' : outcome,
    reason,
    reasonFrom,
    status,
    mapping: mappings[mapping]?.name,
    attempts
  }
  return result
}

export function describe(
  { file, unit, line, raw }: EventRead,
  event: SegmentEvent | undefined
): Pick<EventResult, 'file' | 'unit' | 'line' | 'raw' | 'type' | 'messageId'> {
  return { file, unit, line, raw, type: event?.type, messageId: messageIdOf(event) }
}

function messageIdOf(event: SegmentEvent | undefined): string | undefined {
  return typeof event?.messageId === 'string' ? event.messageId : undefined
}

/** Adds a wait above the limit to the reason. Otherwise nobody would see why the event is not sent again. */
export function explainWait(result: AttemptResult): AttemptResult {
  const { outcome, reason = '', retryAfter = 0 } = result
  if (outcome !== 'retryable' || retryAfter <= MAX_RETRY_AFTER) {
    return result
  }
  const [wait, limit] = [retryAfter, MAX_RETRY_AFTER].map((milliseconds) => Math.ceil(milliseconds / 60_000))
  const explanation = `The response asks to wait ${wait} minutes (Retry-After), and the limit is ${limit} minutes.`
  return { ...result, reason: `${reason} ${explanation}`.trim() }
}

/** How long the responses ask to wait, in ms. */
export function longestWait(results: readonly AttemptResult[]): number {
  let wait = 0
  for (const { retryAfter } of results) {
    wait = retryAfter !== undefined && retryAfter > wait ? retryAfter : wait
  }
  return wait
}
