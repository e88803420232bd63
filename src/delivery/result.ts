/**
 * - `delivered`: the destination confirmed the event under every mapping
 * - `not subscribed`: no mapping's trigger matches
 * - `filtered`: the event's integrations object or a destination filter keeps it from the destination
 * - `rejected`: the event will not be accepted however often it is sent
 * - `failed`: the event was not confirmed, and is worth sending again
 * - `not tried`: the run stopped before the event's turn, and the event was saved
 */
export const EVENT_OUTCOMES = ['delivered', 'not subscribed', 'filtered', 'rejected', 'failed', 'not tried'] as const

export type EventOutcome = (typeof EVENT_OUTCOMES)[number]

/** Where an event stands. */
export interface Location {
  /** The input's name: a path, or `standard input`. */
  file: string
  /** What `line` counts: lines, or the items of a JSON array. */
  unit: 'line' | 'item'
  /** 1-based. */
  line: number
}

/** Where an event stands among all inputs. Positions are ordered like the events. */
export interface Position {
  /** The input's index. */
  input: number
  /** 1-based: the line, or the item of a JSON array. */
  line: number
}

export function isAfter(a: Position, b: Position): boolean {
  return a.input === b.input ? a.line > b.line : a.input > b.input
}

/** What became of one event, or of text that is not an event. */
export interface EventResult extends Location {
  outcome: EventOutcome
  /** Why the outcome is not `delivered`, or hints on a delivered event, without secrets or personal data. */
  reason?: string
  /** `response`: the reason holds words of the response, which may quote the event. */
  reasonFrom?: 'response'
  /** The status that the error carries, if any. */
  status?: number
  /** The mapping that decided the outcome. */
  mapping?: string
  /** How often the event was sent. */
  attempts: number
  /** The event's `type` and `messageId`; undefined for text that is not an event. */
  type?: string
  messageId?: string
  /** The event as JSON on one line; bytes if they are not UTF-8. Empty if there is none: the input is damaged here. */
  raw: string | Buffer
}

/** @returns whether an event with this outcome should have arrived and did not */
export function isUndelivered(outcome: EventOutcome): boolean {
  return outcome === 'rejected' || outcome === 'failed' || outcome === 'not tried'
}
