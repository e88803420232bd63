import { end, reset, idle } from './broken-connection'
import type { FaultDefinition, FaultOf, Values } from './definition'
import { drip, stall } from './slow-response'
import { echo } from './echo'
import type { FaultHandler } from './handler'
import { redirect } from './redirect'
import { results } from './results'
import { retryAfter, status } from './status'
import { tls } from './tls'

/** Every fault, in the order of `--help`. */
const DEFINITIONS = [status, retryAfter, redirect, stall, drip, reset, end, idle, results, echo, tls]

/** One way in which a sandbox can fail, such as `{ status: 503, body: 'html', times: 2 }`. */
export type Fault = FaultIn<(typeof DEFINITIONS)[number]>

type FaultIn<Definition> =
  Definition extends FaultDefinition<infer Name, infer V, infer Parameters> ? FaultOf<Name, V, Parameters> : never

/** A definition whose own values don't matter. */
export type AnyFaultDefinition = Pick<
  FaultDefinition<string, Values, Record<string, Values>>,
  'name' | 'values' | 'parameters' | 'meaning'
>

export const faultDefinitions: readonly AnyFaultDefinition[] = DEFINITIONS

export function createHandler(fault: Fault): FaultHandler {
  const definition = DEFINITIONS.find(({ name }) => name in fault)
  // The cast: the definition is that of this fault, which is named after it.
  return (definition as FaultDefinition<string, Values, Record<string, Values>>).create(fault)
}
