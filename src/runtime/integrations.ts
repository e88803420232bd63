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
export function filteredReason(
  destinationName: string,
  { integrations }: SegmentEvent,
  { decidedBy = '' }: IntegrationsDecision
): string {
  const noEntry = decidedBy.startsWith('integrations.All ') ? `, and there is no entry for ${destinationName}` : ''
  const reason = `The event's integrations object keeps it from ${destinationName}: ${decidedBy}${noEntry}.`
  return [reason, misnamedEntryHint(destinationName, integrations)].filter(Boolean).join(' ')
}

/** Entries are read by the destination's exact name. Undefined if none has a similar one. */
export function misnamedEntryHint(destinationName: string, integrations: unknown): string | undefined {
  if (typeof integrations !== 'object' || integrations === null || destinationName in integrations) {
    return undefined
  }
  const misnamed = Object.keys(integrations).find((key) => bare(key).includes(bare(destinationName)))
  return misnamed && `"integrations.${misnamed}" is not read: the destination's name is "${destinationName}".`
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}

function isSwitch(value: unknown): boolean {
  return typeof value === 'boolean' || (typeof value === 'object' && value !== null)
}
