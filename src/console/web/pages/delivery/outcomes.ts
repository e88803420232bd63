import type { Counts } from '../../../server/api'

/** From the bottom of each column to its top. Events without a destination belong to no destination. */
export const OUTCOMES = [
  'delivered',
  'pending',
  'filtered',
  'not subscribed',
  'rejected',
  'failed'
] as const satisfies (keyof Counts)[]
