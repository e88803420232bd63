import type { JsonObject } from './json'
import type { FilterTrace, IntegrationsDecision, MappingTrace } from './messages'

/** Events to start from on the Test page. */
export interface ExampleGroup {
  /** Such as "Engage". */
  title: string
  examples: Example[]
}

interface Example {
  /** Such as "Audience entered". */
  title: string
  event: JsonObject
}

/** What an event would do. Nothing is sent. */
export interface Preview {
  /** Such as "2 of 3 mappings match". */
  sentence: string
  integrations: IntegrationsDecision
  /** The destination filters that would have an effect. */
  filters: FilterTrace[]
  /** Sentences on mistakes that are common in events. */
  hints: string[]
  mappings: MappingTrace[]
}

export interface TestRequest {
  events: JsonObject[]
  /** `batch` sends all events to each matching mapping in one request, whether or not "Enable Batching" is on. */
  as: 'single' | 'batch'
}

/** The messages that were made of the events, in their order. Follow each by its ID. */
export interface TestSent {
  ids: string[]
}
