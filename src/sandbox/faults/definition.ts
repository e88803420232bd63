import type { FaultHandler } from './handler'

/** The values of a fault or a parameter: one of these, or a whole number in this range. */
export type Values = readonly (string | number)[] | { from: number; to: number }

type ValueOf<V extends Values> = V extends readonly (infer Value)[] ? Value : number

/**
 * A fault as an object: its first property names it. `{ status: 503, body: 'html', times: 2 }` is
 * `status=503,body=html,times=2` on the command line.
 */
export type FaultOf<Name extends string, V extends Values, Parameters extends Record<string, Values>> = {
  [Key in Name]: ValueOf<V>
} & { [Key in keyof Parameters]?: ValueOf<Parameters[Key]> } & {
  /** The number of requests (of `tls`: connections) that meet it. Default: all. */
  times?: number
}

export interface FaultDefinition<Name extends string, V extends Values, Parameters extends Record<string, Values>> {
  name: Name
  values: V
  parameters: Parameters
  /** One line of `--help`. */
  meaning: string
  create(fault: FaultOf<Name, V, Parameters>): FaultHandler
}

/** Gives the fault's type to `create`, and keeps the literal types of the values. */
export function defineFault<
  const Name extends string,
  const V extends Values,
  const Parameters extends Record<string, Values>
>(definition: FaultDefinition<Name, V, Parameters>): FaultDefinition<Name, V, Parameters> {
  return definition
}
