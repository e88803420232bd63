import type { SegmentEvent } from '@segment/actions-core'

/**
 * Whether the event's integrations object lets it through to a destination, as Segment's "Filtering with the Integrations
 * object" has it: the destination's own entry decides, by its exact name; without one, `All`; without that, yes. An entry
 * that is an object holds options, and so stands for yes.
 */
export function isEnabledFor(destinationName: string, { integrations }: SegmentEvent): boolean {
  const switches: Record<string, unknown> = { ...integrations }
  return isSwitch(switches[destinationName]) ? switches[destinationName] !== false : switches.All !== false
}

function isSwitch(value: unknown): boolean {
  return typeof value === 'boolean' || (typeof value === 'object' && value !== null)
}
