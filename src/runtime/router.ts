import type { SegmentEvent } from '@segment/actions-core'
import type { DeliveryResult, SkippedOutcome } from './attempt-result'
import { hintsFor } from './hints'
import { decideIntegrations, filteredReason } from './integrations'
import type { IntegrationsDecision } from './integrations'
import type { Mapping } from './mapping'
import type { EventTrace, MappingTrace } from './trace'

export interface Route {
  /** Indices of the mappings that it goes to. */
  mappings: readonly number[]
  /** Why it goes to none: filtered or not subscribed, with a reason. Absent if it goes to any. */
  result?: DeliveryResult<SkippedOutcome>
}

export interface Router {
  /** Writes the decision, the hints and the triggers into a trace, if there is one. */
  route(event: SegmentEvent, trace?: EventTrace): Route
  hintsFor(event: SegmentEvent): string[]
}

/** @param integrations `ignore` delivers whatever the integrations object says */
export function createRouter<Settings>(
  destinationName: string,
  mappings: Mapping<Settings>[],
  integrations: 'follow' | 'ignore'
): Router {
  const types = [...new Set(mappings.flatMap(({ trigger }) => trigger.types))]
  const decide = (event: SegmentEvent): IntegrationsDecision =>
    integrations === 'ignore' ? { isEnabled: true } : decideIntegrations(destinationName, event)
  // A trigger that names no type may match any.
  const context = { types: mappings.every(({ trigger }) => trigger.types.length > 0) ? types : [], destinationName }
  const hints = (event: SegmentEvent) => hintsFor(event, context)

  function route(event: SegmentEvent): Route {
    const decision = decide(event)
    if (!decision.isEnabled) {
      return { mappings: [], result: { outcome: 'filtered', reason: filteredReason(destinationName, event, decision) } }
    }
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
    trace.integrations = decide(event)
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
    route(event, trace) {
      const found = route(event)
      if (trace) {
        writeTrace(trace, event, found)
      }
      return found
    }
  }
}
