import { setTimeout as sleep } from 'node:timers/promises'
import { isReceived } from './client'
import type { Client } from './client'
import { describeResponse, hasStatus, inconclusive, isTransient } from './rule'
import type { CheckContext, Finding, Rule } from './rule'
import { RULES } from './rules'

export interface RuleResult extends Finding {
  rule: Rule
  /** The duration of its check. */
  milliseconds: number
}

export interface CheckOptions extends CheckContext {
  client: Client
  /** Default: all. */
  rules?: readonly Rule[]
  /** Milliseconds to wait for an API that is not up. Default: 0. */
  wait?: number
  /** Stops the check: the remaining rules are inconclusive. */
  signal: AbortSignal
  /** Called before each rule, with the number of rules that were checked by then. */
  onRule: (rule: Rule, checked: number) => void
}

/** The first request got no response, or 408, 429 or 503. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError'
}

/**
 * Checks rules of the contract, one after the other.
 *
 * @returns a result for each rule, in the same order
 * @throws UnreachableError if there is no API to check
 */
export async function checkContract(options: CheckOptions): Promise<RuleResult[]> {
  const { client, rules = RULES, wait = 0, signal, onRule, ...context } = options
  await unlessStopped(signal, () => untilUp(client, wait, signal))
  await unlessStopped(signal, () => probe(client))
  const results = new Map<Rule, RuleResult>()
  for (const rule of rules) {
    onRule(rule, results.size)
    const started = performance.now()
    const obstacle = obstacleTo(rule, results, context)
    const finding = obstacle
      ? inconclusive([], obstacle)
      : await unlessStopped(signal, () => rule.check(client, context))
    const milliseconds = Math.round(performance.now() - started)
    results.set(rule, { rule, ...(finding ?? inconclusive([], 'Stopped before it was checked.')), milliseconds })
  }
  return [...results.values()]
}

/** Milliseconds between two looks at an API that is not up. */
const LOOK_AGAIN = 500

/** Resolves once the API responds for itself, or after so many milliseconds. A request without a key counts for no rule. */
async function untilUp(client: Client, wait: number, signal: AbortSignal): Promise<void> {
  const end = performance.now() + wait
  while (performance.now() < end) {
    const response = await client.postWithoutKey(`${client.baseUrl}/events`)
    // A proxy responds with 502 or 504 while the server behind it starts.
    if (isReceived(response) && !isTransient(response) && !hasStatus(response, [502, 504])) {
      return
    }
    await sleep(Math.max(0, Math.min(LOOK_AGAIN, end - performance.now())), undefined, { signal })
  }
}

async function probe(client: Client): Promise<void> {
  const response = await client.post('/events', {})
  const { url } = response.exchange.sent
  if (!isReceived(response)) {
    throw new UnreachableError(`Cannot reach ${url}: ${response.exchange.error}.`)
  }
  if (isTransient(response)) {
    throw new UnreachableError(
      `${describeResponse(response)} from ${url}: the API accepts nothing at the moment. Check again later.`
    )
  }
}

/** Why a rule can't be checked; undefined if it can. */
function obstacleTo(rule: Rule, results: Map<Rule, RuleResult>, { readOnly }: CheckContext): string | undefined {
  for (let earlier = rule.dependsOn; earlier; earlier = earlier.dependsOn) {
    if (results.get(earlier)?.verdict === 'failed') {
      return `Can't be checked because "${earlier.id}" failed.`
    }
  }
  return readOnly && rule.mutates ? 'Skipped: read-only, and this could create something.' : undefined
}

/** Undefined if the user stopped the check, before or during `run`. */
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
