import type { Client } from './client'
import type { Exchange } from './exchange'

/** One sentence of the contract, and how to see whether an API keeps to it. */
export type Rule = DocumentedRule | AssumedRule

/** Holds by what Segment or Astrolabe has published. */
export interface DocumentedRule extends AnyRule {
  source: 'documented'
}

/** Has no public source: the real API may be right, and the assumption wrong. */
export interface AssumedRule extends AnyRule {
  source: 'assumed'
  /** What it means for the destination, and for Segment's customers, where the rule is broken. */
  ifBroken: string
}

interface AnyRule {
  id: string
  /** What holds, in one sentence. */
  title: string
  /** Whether an API, right or wrong, could create something from what the rule sends. */
  mayCreate: boolean
  /** The rule without which this one shows nothing: it must hold first. */
  after?: Rule
  check(client: Client, circumstances: Circumstances): Promise<Finding>
}

export type Verdict = 'holds' | 'broken' | 'not shown'

/** What became of a rule, in a sentence, with the exchanges that show it. */
export interface Finding {
  verdict: Verdict
  /** One sentence; for `holds`, empty where the exchanges say it all. */
  reason: string
  exchanges: Exchange[]
}

/** What the user has allowed and given, beyond the API itself. */
export interface Circumstances {
  /** Nothing may be sent that could create something. */
  readOnly: boolean
  /** How fast to send, in order to pass the rate limit; undefined where the user has not asked for it. */
  load?: Load
}

export interface Load {
  /** Requests a second. */
  rate: number
  /** How long at most. */
  seconds: number
}

/** How long the load lasts where the rate limit does not end it. */
export const LOAD_SECONDS = 10
