import type { Client } from './client'
import { isForNow, notShown } from './finding'
import type { Circumstances, Finding, Rule } from './rule'
import { RULES } from './rules'

/** What became of one rule. */
export interface Result extends Finding {
  rule: Rule
  /** How long its check took. */
  milliseconds: number
}

export interface CheckOptions extends Circumstances {
  client: Client
  /** Ends the check: what is left of the rules is not shown. */
  signal: AbortSignal
  /** Told of each rule before it is checked, and how many were checked by then. */
  onRule: (rule: Rule, checked: number) => void
}

/** There is nobody to check: the first request had no answer, or only one for now. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

/**
 * Checks every rule of the contract, one after the other.
 *
 * @returns a result for each rule, in the order of `RULES`
 * @throws Unreachable where nothing answers at all
 */
export async function checkContract({ client, signal, onRule, ...circumstances }: CheckOptions): Promise<Result[]> {
  await unlessStopped(signal, () => reach(client))
  const results = new Map<Rule, Result>()
  for (const rule of RULES) {
    onRule(rule, results.size)
    const started = performance.now()
    const obstacle = obstacleTo(rule, results, circumstances)
    const finding = obstacle
      ? notShown([], obstacle)
      : await unlessStopped(signal, () => rule.check(client, circumstances))
    const milliseconds = Math.round(performance.now() - started)
    results.set(rule, { rule, ...(finding ?? notShown([], 'Stopped before it was checked.')), milliseconds })
  }
  return [...results.values()]
}

async function reach(client: Client): Promise<void> {
  const answer = await client.post('/events', {})
  const { status, exchange } = answer
  if (status === undefined) {
    throw new Unreachable(`${exchange.sent.url} cannot be reached: ${exchange.noAnswer}.`)
  }
  if (isForNow(answer)) {
    throw new Unreachable(`${exchange.sent.url} answered ${status}: it takes nothing for now. Check again later.`)
  }
}

/** Why a rule is better not checked; undefined where it can be. */
function obstacleTo(rule: Rule, results: Map<Rule, Result>, { readOnly }: Circumstances): string | undefined {
  for (let earlier = rule.after; earlier; earlier = earlier.after) {
    if (results.get(earlier)?.verdict === 'broken') {
      return `Shows nothing while "${earlier.id}" is broken.`
    }
  }
  return readOnly && rule.mayCreate ? 'Read-only: this could create something.' : undefined
}

/** Undefined where the user has ended the check, before or while this ran. */
async function unlessStopped<T>(signal: AbortSignal, run: () => Promise<T>): Promise<T | undefined> {
  try {
    return signal.aborted ? undefined : await run()
  } catch (error) {
    if (signal.aborted) {
      return undefined
    }
    throw error
  }
}
