import type { SegmentEvent } from '@segment/actions-core'

/** Whether an event's integrations object lets it through to a destination. */
export interface IntegrationsDecision {
  isEnabled: boolean
  /** The entry that decided, such as `integrations.All is false`. Absent if no entry did. */
  decidedBy?: string
}

const NO_ENTRY: IntegrationsDecision = { isEnabled: true }

/**
 * Decides as Segment's "Filtering with the Integrations object" describes: the destination's own entry, by its exact
 * name, else `All`, else yes. An object as an entry holds options, and means yes.
 */
export function decideIntegrations(destinationName: string, { integrations }: SegmentEvent): IntegrationsDecision {
  if (!integrations) {
    return NO_ENTRY
  }
  const entries: Record<string, unknown> = { ...integrations }
  const entry = [destinationName, 'All'].find((name) => isSwitch(entries[name]))
  if (entry === undefined) {
    return NO_ENTRY
  }
  const value = entries[entry]
  const shown = typeof value === 'boolean' ? String(value) : 'an object'
  return { isEnabled: value !== false, decidedBy: `integrations.${entry} is ${shown}` }
}

/** Why the event is filtered, for people. */
export function filteredReason(destinationName: string, { decidedBy = '' }: IntegrationsDecision): string {
  const noEntry = decidedBy.startsWith('integrations.All ') ? `, and there is no entry for ${destinationName}` : ''
  return `The event's integrations object keeps it from ${destinationName}: ${decidedBy}${noEntry}.`
}

function isSwitch(value: unknown): boolean {
  return typeof value === 'boolean' || (typeof value === 'object' && value !== null)
}
