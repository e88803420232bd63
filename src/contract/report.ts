import type { Result } from './check-contract'
import type { Rule, Verdict } from './rule'

export interface Counts {
  holds: number
  broken: number
  notShown: number
}

/** All results of one check, and what follows from them. */
export class Report {
  constructor(
    /** The base URL of what was checked. */
    readonly url: string,
    readonly results: readonly Result[],
    /** Whether the user ended the check before it was done. */
    readonly isStopped: boolean
  ) {}

  /** Whether no documented rule is broken. An assumed one that is broken is for the destination to do without. */
  get isKept(): boolean {
    return this.count('documented').broken === 0
  }

  /** Results of a source, in the order of the check. */
  from(source: Rule['source']): Result[] {
    return this.results.filter(({ rule }) => rule.source === source)
  }

  get broken(): Result[] {
    return this.results.filter(({ verdict }) => verdict === 'broken')
  }

  count(source: Rule['source']): Counts {
    const results = this.from(source)
    const withVerdict = (wanted: Verdict) => results.filter(({ verdict }) => verdict === wanted).length
    return { holds: withVerdict('holds'), broken: withVerdict('broken'), notShown: withVerdict('not shown') }
  }

  toJSON() {
    return {
      url: this.url,
      kept: this.isKept,
      stopped: this.isStopped,
      documented: this.count('documented'),
      assumed: this.count('assumed'),
      rules: this.results.map(({ rule, verdict, reason, exchanges }) => ({
        id: rule.id,
        title: rule.title,
        source: rule.source,
        verdict,
        reason: reason === '' ? undefined : reason,
        ifBroken: rule.source === 'assumed' && verdict === 'broken' ? rule.ifBroken : undefined,
        exchanges
      }))
    }
  }
}
