import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import type { AttemptOutcome, SkippedOutcome } from './attempt-result'
import type { IntegrationsDecision } from './integrations'

/** What happened to one event, step by step, without secrets. */
export interface EventTrace {
  integrations: IntegrationsDecision
  /** The destination filters that had an effect; undefined if the runtime has no filters. */
  filters?: FilterTrace[]
  /** The event as they leave it. Absent if they remove nothing. */
  event?: SegmentEvent
  /** Sentences on mistakes that are common in events. */
  hints: string[]
  /** One per mapping, in their order. */
  mappings: MappingTrace[]
}

/** What a destination filter did to an event. */
export interface FilterTrace {
  title: string
  effect: 'dropped' | 'changed'
  /** Why it dropped the event. */
  reason?: string
  /** Paths of the removed fields, such as `properties.products[].price`. */
  removed: string[]
}

export interface MappingTrace {
  name: string
  action: string
  trigger: string
  /** `error`: the trigger can't be read; `reason` says why. */
  matches: 'yes' | 'no' | 'error'
  /** The mapped payload, if the event can be mapped. */
  payload?: JSONObject
  /** Absent before the first attempt, and in a preview of an event that would be sent. A host adds `failed`. */
  outcome?: AttemptOutcome | SkippedOutcome | 'failed'
  reason?: string
  status?: number
  attempts: AttemptTrace[]
  /** The event's index in the batch that it was last sent in, and the batch's size. */
  batch?: { index: number; size: number }
  /** The request that would be sent. Only in a preview. */
  request?: RequestTrace
}

/** One attempt, with its last request if the action sends several. */
export interface AttemptTrace {
  /** ISO 8601. */
  startedAt: string
  /** Milliseconds. */
  duration: number
  request?: RequestTrace
  response?: ResponseTrace
  error?: { code?: string; status?: number; message: string }
  /** Milliseconds until the next attempt. */
  wait?: number
}

export interface RequestTrace {
  method: string
  url: string
  /** The credentials are masked. */
  headers: Record<string, string>
  /** Parsed if it is JSON, otherwise its text. */
  body: unknown
}

export interface ResponseTrace {
  status: number
  headers: Record<string, string>
  /** Parsed if it is JSON, otherwise its text; cut after 64 Ki characters. */
  body: unknown
}

/** An empty trace, for the runtime to fill. */
export function createTrace(): EventTrace {
  return { integrations: { isEnabled: true }, hints: [], mappings: [] }
}
