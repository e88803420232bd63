/**
 * - `delivered`: the destination confirmed the event
 * - `rejected`: the event will not be accepted however often it is sent
 * - `retryable`: the event was not confirmed, and is worth sending again
 */
export type AttemptOutcome = 'delivered' | 'rejected' | 'retryable'

/**
 * - `filtered`: the event's integrations object or a destination filter keeps it from the destination
 * - `not subscribed`: no trigger matches
 */
export type SkippedOutcome = 'filtered' | 'not subscribed'

export interface DeliveryResult<Outcomes> {
  outcome: Outcomes
  /** Sentences for people, without secrets. For a delivered event only a dry run has any: hints. */
  reason?: string
  /** The status that the error carries, if any. */
  status?: number
}

/** The result of one event under one mapping, after one attempt. */
export interface AttemptResult extends DeliveryResult<AttemptOutcome> {
  /** The mapping's index in `Runtime.mappings`. */
  mapping: number
  /** `response`: the reason holds words of the response, which may quote the event. */
  reasonFrom?: 'response'
  /** `request`: the whole request failed. `event`: this is about the event itself. */
  scope: 'event' | 'request'
  /** Milliseconds to wait, if the response asked for it. */
  retryAfter?: number
  /** Node's code of the network error behind it, such as `ECONNREFUSED`. */
  errorCode?: string
}
