import type { Values } from './definition'
import { faultDefinitions } from './registry'
import type { AnyFaultDefinition, Fault } from './registry'

/** A text that names no fault. The message says what is wrong with it and what is possible. */
export class FaultSpecError extends Error {
  override readonly name = 'FaultSpecError'
}

const TIMES: Values = { from: 1, to: 1_000_000 }

/**
 * Reads a fault as the command line has it, such as `status=503,body=html,times=2`.
 *
 * @throws FaultSpecError
 */
export function parseFault(spec: string): Fault {
  const pairs = spec.split(',').map((pair) => pair.split(/=(.*)/s, 2))
  const [[name]] = pairs
  const definition = faultDefinitions.find((candidate) => candidate.name === name)
  if (!definition) {
    throw new FaultSpecError(`There is no fault ${JSON.stringify(name)}. The faults are:\n${describeFaults()}`)
  }
  const known = new Map(Object.entries({ [name]: definition.values, ...definition.parameters, times: TIMES }))
  const properties = pairs.map(([key, text = '']) => {
    const values = known.get(key)
    const value = values && read(text, values)
    if (value === undefined) {
      throw new FaultSpecError(
        `${JSON.stringify(`${key}=${text}`)} is not valid here. Write ${usageOf(definition)}, without spaces.`
      )
    }
    // Otherwise a second one would win silently.
    known.delete(key)
    return [key, value]
  })
  // The cast: `known` has the properties of this fault and their values.
  return Object.fromEntries(properties) as Fault
}

/** A fault as a value of `--fault`. */
export function faultSpec(fault: Fault): string {
  return Object.entries(fault)
    .map(([key, value]) => `${key}=${value}`)
    .join(',')
}

/** How to write each fault, and what it does. */
export const faultUsages: readonly { usage: string; meaning: string }[] = faultDefinitions.map((definition) => ({
  usage: usageOf(definition),
  meaning: definition.meaning
}))

/** The same as text of at most 80 columns: the usage, and the meaning below it. */
export function describeFaults(): string {
  return faultUsages.map(({ usage, meaning }) => `  ${usage}\n      ${meaning}`).join('\n')
}

function usageOf({ name, values, parameters }: AnyFaultDefinition): string {
  const optional = Object.entries(parameters).map(([key, choice]) => `[,${key}=${choices(choice)}]`)
  return `${name}=${choices(values)}${optional.join('')}[,times=N]`
}

function choices(values: Values): string {
  return 'from' in values ? `${values.from}..${values.to}` : values.join('|')
}

function read(text: string, values: Values): string | number | undefined {
  if (!('from' in values)) {
    return values.find((value) => String(value) === text)
  }
  const number = Number(text)
  return /^\d+$/.test(text) && number >= values.from && number <= values.to ? number : undefined
}
