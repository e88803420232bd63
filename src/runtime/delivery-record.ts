/**
 * What became of an event under one mapping:
 *
 * - `delivered`: the destination confirmed it
 * - `not subscribed`: the mapping's trigger does not match
 * - `filtered`: the event's integrations object keeps it from the destination
 * - `rejected`: it will not be accepted however often it is sent; `reason` says why
 * - `failed`: it was not confirmed and is worth sending again; `reason` says why
 * - `not tried`: the run was given up before its turn came
 */
export type Outcome = 'delivered' | 'not subscribed' | 'filtered' | 'rejected' | 'failed' | 'not tried'

/** The record of one event under one mapping. */
export interface DeliveryRecord {
  /** The mapping's name. */
  mapping: string
  /** The key of the action that the mapping feeds. */
  action: string
  outcome: Outcome
  /** A sentence for people, without secrets; only where the outcome is `rejected` or `failed`. */
  reason?: string
  /** The status that the error carries, if any. */
  status?: number
  /** How often the event was given to the action: 0 where it was filtered. */
  attempts: number
}

/** From the one that matters least to the one that matters most. */
const BY_WEIGHT: Outcome[] = ['not subscribed', 'filtered', 'delivered', 'rejected', 'failed', 'not tried']

/**
 * The record that speaks for the event: what went wrong under one mapping is not made good by another. Undefined where
 * there are no mappings.
 */
export function worstRecord(records: DeliveryRecord[]): DeliveryRecord | undefined {
  const [first, ...others] = records
  return others.reduce<DeliveryRecord | undefined>(
    (decisive, record) => (decisive && weight(decisive) >= weight(record) ? decisive : record),
    first
  )
}

function weight({ outcome }: DeliveryRecord): number {
  return BY_WEIGHT.indexOf(outcome)
}
