import type { Rule } from '../rule'
import { AUTHENTICATION } from './authentication'
import { BATCH } from './batch'
import { MESSAGES } from './messages'
import { rateLimit } from './rate-limit'
import { REJECTIONS } from './rejections'
import { https, keepAlive, respondsInTime } from './transport'

/** The contract in the order of the check. The load comes last, because the API may need a rest after it. */
export const RULES: readonly Rule[] = [
  https,
  ...AUTHENTICATION,
  ...MESSAGES,
  ...REJECTIONS,
  ...BATCH,
  keepAlive,
  respondsInTime,
  rateLimit
]

/** The rules with these IDs and those that they depend on, in the order of the check. */
export function rulesWith(ids: readonly string[]): readonly Rule[] {
  const needed = RULES.filter(({ id }) => ids.includes(id)).flatMap(withDependencies)
  return RULES.filter((rule) => needed.includes(rule))
}

function withDependencies(rule: Rule): Rule[] {
  return rule.dependsOn ? [rule, ...withDependencies(rule.dependsOn)] : [rule]
}
