import type { Rule } from '../rule'
import { AUTHENTICATION } from './authentication'
import { BATCH } from './batch'
import { MESSAGES } from './messages'
import { rateLimit } from './rate-limit'
import { REFUSALS } from './refusals'
import { CONNECTIONS, https } from './transport'

/** The contract, in the order in which it is checked: the load comes last, as the API may need a rest after it. */
export const RULES: readonly Rule[] = [
  https,
  ...AUTHENTICATION,
  ...MESSAGES,
  ...REFUSALS,
  ...BATCH,
  ...CONNECTIONS,
  rateLimit
]
