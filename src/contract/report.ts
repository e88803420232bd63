import type { RuleResult } from './check-contract'
import type { Rule, Verdict } from './rule'
import { RULES } from './rules'
import { goodKey } from './rules/authentication'

export type Counts = Record<Verdict, number>

export class Report {
  constructor(
    readonly url: string,
    readonly results: readonly RuleResult[],
    /** Whether the user stopped the check early. */
    readonly isStopped: boolean
  ) {}

  /** Whether no documented rule failed. The destination can do without an assumed one. */
  get isKept(): boolean {
    return this.count('documented').failed === 0
  }

  /** Whether it has only some of the rules. */
  get isPartial(): boolean {
    return this.results.length < RULES.length
  }

  /** Why almost nothing could be checked: the API does not accept the key. Undefined if it does. */
  get obstacle(): string | undefined {
    return this.failed.find(({ rule }) => rule === goodKey)?.reason
  }

  /** Results of a source, in the order of the check. */
  from(source: Rule['source']): RuleResult[] {
    return this.results.filter(({ rule }) => rule.source === source)
  }

  get failed(): RuleResult[] {
    return this.results.filter(({ verdict }) => verdict === 'failed')
  }

  count(source: Rule['source']): Counts {
    const counts: Counts = { passed: 0, failed: 0, inconclusive: 0 }
    this.from(source).forEach(({ verdict }) => counts[verdict]++)
    return counts
  }

  toJSON() {
    return {
      url: this.url,
      kept: this.isKept,
      stopped: this.isStopped,
      documented: this.count('documented'),
      assumed: this.count('assumed'),
      rules: this.results.map(({ rule, verdict, reason, exchanges, curl }) => ({
        id: rule.id,
        title: rule.title,
        source: rule.source,
        verdict,
        reason: reason === '' ? undefined : reason,
        impact: rule.source === 'assumed' && verdict === 'failed' ? rule.impact : undefined,
        exchanges,
        curl
      }))
    }
  }
}
