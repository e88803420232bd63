import type { SegmentEvent } from '@segment/actions-core'
import type { DeliveryResult, SkippedOutcome } from './attempt-result'
import type { Filtered } from './filters/filters'
import { hintsFor } from './hints'
import { decideIntegrations, filteredReason } from './integrations'
import type { IntegrationsDecision } from './integrations'
import type { Mapping } from './mapping'
import { createTrace } from './trace'
import type { EventTrace, MappingTrace } from './trace'

export interface Route {
  /** The event as destination filters leave it, to be sent instead. Absent if they remove nothing. */
  event?: SegmentEvent
  /** Indices of the mappings that it goes to. */
  mappings: readonly number[]
  /** Why it goes to none: filtered or not subscribed, with a reason. Absent if it goes to any. */
  result?: DeliveryResult<SkippedOutcome>
}

export interface Router {
  /** Writes the decision, the filters, the hints and the triggers into a trace, if there is one. */
  route(event: SegmentEvent, trace?: EventTrace): Route
  /** The trace of an event that was routed to these mappings. */
  trace(event: SegmentEvent, mappings: readonly number[]): EventTrace
  hintsFor(event: SegmentEvent): string[]
}

export interface RouterOptions {
  destinationName: string
  /** `ignore` delivers whatever the integrations object says. */
  integrations: 'follow' | 'ignore'
  /** Applies the destination's filters. */
  filter?(event: SegmentEvent): Filtered
}

export function createRouter<Settings>(
  mappings: Mapping<Settings>[],
  { destinationName, integrations, filter }: RouterOptions
): Router {
  const types = [...new Set(mappings.flatMap(({ trigger }) => trigger.types))]
  const decide = (event: SegmentEvent): IntegrationsDecision =>
    integrations === 'ignore' ? { isEnabled: true } : decideIntegrations(destinationName, event)
  // A trigger that names no type may match any.
  const context = { types: mappings.every(({ trigger }) => trigger.types.length > 0) ? types : [], destinationName }
  const hints = (event: SegmentEvent) => hintsFor(event, context)

  function skip(event: SegmentEvent, decision: IntegrationsDecision, droppedBy: string | undefined): Route | undefined {
    const reason = decision.isEnabled ? droppedBy : filteredReason(destinationName, event, decision)
    return reason === undefined ? undefined : { mappings: [], result: { outcome: 'filtered', reason } }
  }

  function match(event: SegmentEvent): Route {
    // A mapping with a problem gets every event, and rejects it.
    const matching = mappings.filter(({ problem, trigger }) => problem !== undefined || trigger.matches(event))
    if (matching.length > 0) {
      return { mappings: matching.map(({ index }) => index) }
    }
    const reason = [`No mapping matches this ${event.type} call.`, ...triedTriggers(event), ...hints(event)].join(' ')
    return { mappings: [], result: { outcome: 'not subscribed', reason } }
  }

  /** A trigger for other calls explains nothing. */
  function triedTriggers(event: SegmentEvent): string[] {
    const tried = mappings
      .filter(({ trigger }) => trigger.types.length === 0 || trigger.types.includes(event.type))
      .map(({ trigger }) => `${trigger.fql} (${trigger.mismatch(event)})`)
    return tried.length > 0 ? [`Triggers: ${[...new Set(tried)].join('; ')}.`] : []
  }

  function writeTrace(trace: EventTrace, event: SegmentEvent, { result, mappings: matching }: Route): void {
    trace.hints = hints(event)
    trace.mappings = mappings.map(({ index, name, action, trigger, problem }): MappingTrace => {
      const isRouted = problem === undefined && result?.outcome !== 'filtered'
      const isMatch = isRouted ? matching.includes(index) : trigger.matches(event)
      const matches = trigger.isUnreadable ? 'error' : isMatch ? 'yes' : 'no'
      const skipped = result ?? (matches === 'no' ? ({ outcome: 'not subscribed' } as const) : undefined)
      const rejected = problem === undefined ? undefined : ({ outcome: 'rejected', reason: problem } as const)
      return { name, action, trigger: trigger.fql, matches, attempts: [], ...(skipped ?? rejected) }
    })
  }

  return {
    hintsFor: hints,
    route(arrived, trace) {
      const integrations = decide(arrived)
      const filtered = integrations.isEnabled ? filter?.(arrived) : undefined
      const event = filtered?.event ?? arrived
      const route = skip(arrived, integrations, filtered?.droppedBy) ?? match(event)
      if (trace) {
        trace.integrations = integrations
        trace.filters = filter && (filtered?.effects ?? [])
        trace.event = filtered?.event
        writeTrace(trace, event, route)
      }
      return event === arrived ? route : { ...route, event }
    },
    trace(event, matching) {
      const trace = createTrace()
      writeTrace(trace, event, { mappings: matching })
      return trace
    }
  }
}
