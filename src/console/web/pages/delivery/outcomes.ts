import type { FinalOutcome } from '../../../server/api'

/** From the bottom of each column to its top. */
export const OUTCOMES = [
  'delivered',
  'filtered',
  'not subscribed',
  'rejected',
  'failed'
] as const satisfies FinalOutcome[]
