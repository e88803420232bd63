import { isReceived, isTimeout } from './client'
import type { ApiResponse, Client, Exchange } from './client'

/** One sentence of the contract, and how to test an API for it. */
export type Rule = DocumentedRule | AssumedRule

/** Published by Segment or Astrolabe. */
interface DocumentedRule extends BaseRule {
  source: 'documented'
}

/** Has no public source: the real API may be right, and the assumption wrong. */
interface AssumedRule extends BaseRule {
  source: 'assumed'
  /** What a failure means for the destination and for Segment's customers. */
  impact: string
}

interface BaseRule {
  id: string
  /** The rule in one sentence. */
  title: string
  /** Whether the requests could create something, in a right API or a wrong one. */
  mutates: boolean
  /** The rule that must pass before this one can show anything. */
  dependsOn?: Rule
  check(client: Client, context: CheckContext): Promise<Finding>
}

/** What the user allowed and gave, besides the API itself. */
export interface CheckContext {
  /** Whether requests that could create something are forbidden. */
  readOnly: boolean
  /** How fast to send in order to exceed the rate limit; undefined if the user did not ask for it. */
  load?: Load
  /** Whether requests over https: go through a proxy. */
  viaProxy?: boolean
}

export interface Load {
  /** Requests per second. */
  rate: number
  /** The longest duration. */
  seconds: number
}

/** How long a load lasts unless the rate limit ends it. */
export const LOAD_SECONDS = 10

export type Verdict = 'passed' | 'failed' | 'inconclusive'

/** The verdict on a rule, with the exchanges that show it. */
export interface Finding {
  verdict: Verdict
  /** One sentence; for `passed`, empty if the exchanges say it all. */
  reason: string
  exchanges: Exchange[]
  /** A line for a shell that reproduces a failure. */
  curl?: string
}

export function passed(responses: ApiResponse[], reason = ''): Finding {
  return { verdict: 'passed', reason, exchanges: exchangesOf(responses) }
}

/** @param curl reproduces the failure; by default it sends the last request */
export function failed(responses: ApiResponse[], reason: string, curl = responses.at(-1)?.curl()): Finding {
  return { verdict: 'failed', reason, exchanges: exchangesOf(responses), curl }
}

export function inconclusive(responses: ApiResponse[], reason: string): Finding {
  return { verdict: 'inconclusive', reason, exchanges: exchangesOf(responses) }
}

/** The documented statuses of an accepted message. */
export const ACCEPTED = [200, 202]

/** Passes if every response has one of the statuses. Timeouts and 408, 429 and 503 are inconclusive here. */
export function expectStatus(responses: ApiResponse[], expected: number[]): Finding {
  const unexpected = responses.filter((response) => !hasStatus(response, expected))
  const wrong = unexpected.find((response) => !isInconclusive(response))
  if (wrong) {
    return failed(responses, `${describeResponse(wrong)} instead of ${expected.join(' or ')}.`, wrong.curl())
  }
  return unexpected.length > 0 ? inconclusive(responses, inconclusiveReason(unexpected[0])) : passed(responses)
}

export function hasStatus(response: ApiResponse, statuses: readonly number[]): boolean {
  return isReceived(response) && statuses.includes(response.status)
}

/** Whether the API accepts nothing at the moment: too slow, over the rate limit, or down. */
export function isTransient(response: ApiResponse): boolean {
  return hasStatus(response, [408, 429, 503])
}

function isInconclusive(response: ApiResponse): boolean {
  return isTimeout(response) || isTransient(response)
}

function inconclusiveReason(response: ApiResponse): string {
  return isTransient(response)
    ? `${describeResponse(response)}: the API accepts nothing at the moment. Check again later.`
    : `${describeResponse(response)}.`
}

/** `Status 500`, or why there was no response; the start of a sentence. */
export function describeResponse(response: ApiResponse): string {
  return isReceived(response)
    ? `Status ${response.status}`
    : response.error.charAt(0).toUpperCase() + response.error.slice(1)
}

function exchangesOf(responses: ApiResponse[]): Exchange[] {
  return responses.map(({ exchange }) => exchange)
}
