/** What the hints depend on. */
export interface HintContext {
  /** The types of call that any mapping names. */
  types: readonly string[]
  destinationName: string
}

/** Sentences on mistakes that are common in Segment events. They quote no data of the event except its type. */
export function hintsFor(_event: unknown, _context: HintContext): string[] {
  return []
}
