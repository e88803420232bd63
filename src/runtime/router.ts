import type { SegmentEvent } from '@segment/actions-core'
import type { AttemptResult, DeliveryResult } from './attempt-result'
import { hintsFor } from './hints'
import { decideIntegrations, filteredReason } from './integrations'
import type { IntegrationsDecision } from './integrations'
import type { Mapping } from './mapping'
import type { EventTrace } from './trace'

export interface Route {
  /** Indices of the mappings that it goes to. */
  mappings: readonly number[]
  /** Why it goes to none: filtered or not subscribed, with a reason. Absent if it goes to any. */
  result?: DeliveryResult<'filtered' | 'not subscribed'>
}

export interface Router {
  route(event: SegmentEvent): Route
  hintsFor(event: SegmentEvent): string[]
  /** Routes the event, and writes the decision, the hints and the triggers into a trace. */
  routeInto(trace: EventTrace, event: SegmentEvent): Route
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
    const reason = [`No mapping matches this ${event.type} call.`, ...hints(event)].join(' ')
    return { mappings: [], result: { outcome: 'not subscribed', reason } }
  }

  return {
    route,
    hintsFor: hints,
    routeInto(trace, event) {
      const found = route(event)
      const { result, mappings: matching } = found
      trace.integrations = decide(event)
      trace.hints = hints(event)
      mappings.forEach(({ index, name, action, trigger, problem }) => {
        const isRouted = problem === undefined && result?.outcome !== 'filtered'
        const isMatch = isRouted ? matching.includes(index) : trigger.matches(event)
        const matches = trigger.isUnreadable ? 'error' : isMatch ? 'yes' : 'no'
        const outcome = problem === undefined ? undefined : 'rejected'
        trace.mappings[index] ??= {
          name,
          action,
          trigger: trigger.fql,
          matches,
          outcome,
          reason: problem,
          attempts: []
        }
        if (result || matches === 'no') {
          Object.assign(trace.mappings[index], { outcome: 'not subscribed', ...result })
        }
      })
      return found
    }
  }
}

/** The result under a mapping that the event does not go to. */
export function skippedResult({ result }: Route, mapping: number): AttemptResult {
  if (result) {
    return { mapping, scope: 'event', ...result }
  }
  return (NOT_SUBSCRIBED[mapping] ??= { mapping, scope: 'event', outcome: 'not subscribed' })
}

/** Shared, because most events of a batch have one for each of the other mappings. */
const NOT_SUBSCRIBED: AttemptResult[] = []
