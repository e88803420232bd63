/** An audience: everybody who performed an event often enough in the days before the reference date. */
export interface AudienceDefinition {
  kind: 'audience'
  name: string
  level?: Level
  event: string
  /** How many times at least. */
  atLeast: number
  withinDays: number
}

/** A computed trait: how often an event was performed, or the value that one of its properties had last. */
export type ComputedTraitDefinition =
  | { kind: 'count'; name: string; level?: Level; event: string }
  | { kind: 'last value'; name: string; level?: Level; event: string; property: string }

export type ComputationDefinition = AudienceDefinition | ComputedTraitDefinition

/** Whose trait it is: the User's (the default), or the Account's that the event names in `context.groupId`. */
type Level = 'user' | 'account'

export interface Computation {
  id: string
  key: string
  definition: ComputationDefinition
}

/** What the trait is called: the name in snake case, however its letters are composed, "Order Completed Last 30days" as `order_completed_last_30days`. */
export function keyOf(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '')
}
