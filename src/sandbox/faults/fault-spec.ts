import type { Fault } from './fault'

/** A text that names no fault. The message says what there is. */
export class FaultSpecError extends Error {
  override readonly name = 'FaultSpecError'
}

/** What a value may be: one of these, or a whole number in this range. */
type Values = readonly (string | number)[] | { from: number; to: number }

interface Grammar {
  values: Values
  parameters?: Record<string, Values>
  meaning: string
}

const TIMES: Values = { from: 1, to: 1_000_000 }

const GRAMMAR: Record<string, Grammar> = {
  status: {
    values: { from: 200, to: 599 },
    parameters: { body: ['json', 'html', 'empty', '5mb'] },
    meaning: 'answers with this status; below 300 the message was taken'
  },
  'retry-after': {
    values: ['seconds', 'date'],
    parameters: { wait: { from: 0, to: 3600 } },
    meaning: 'answers 429 and asks to wait so many seconds (1)'
  },
  redirect: {
    values: ['host', 'http', 'self'],
    parameters: { code: [301, 302, 303, 307, 308] },
    meaning: 'redirects to another host, to http: or to the very same URL'
  },
  stall: {
    values: ['header', 'body'],
    meaning: 'takes the message, then falls silent before its answer or in the middle of it'
  },
  drip: {
    values: ['header', 'body'],
    parameters: { every: { from: 1, to: 60_000 } },
    meaning: 'takes the message and answers a byte every so many milliseconds (1000)'
  },
  reset: {
    values: ['before', 'during', 'after', 'answer'],
    meaning: 'resets the connection before, during or after reading the request, or in the middle of its answer'
  },
  idle: {
    values: ['close'],
    meaning: 'closes idle connections without notice: the next request on them fails'
  },
  results: {
    values: ['short', 'long', 'reversed', 'mistyped', 'not-json'],
    meaning: 'takes a batch and spoils its results'
  },
  echo: {
    values: ['key'],
    meaning: 'refuses the message with a sentence that quotes the API key'
  },
  tls: {
    values: ['valid', 'untrusted', 'expired', 'mismatched'],
    meaning: 'serves https: with such a certificate; times counts connections'
  }
}

/**
 * Reads a fault as the command line takes it, such as `status=503,body=html,times=2`.
 *
 * @throws FaultSpecError that says what is wrong with it, and what there is
 */
export function parseFault(spec: string): Fault {
  const pairs = spec.split(',').map((pair) => pair.split(/=(.*)/s, 2))
  const [[name]] = pairs
  const grammar = Object.hasOwn(GRAMMAR, name) ? GRAMMAR[name] : undefined
  if (!grammar) {
    throw new FaultSpecError(`There is no fault ${JSON.stringify(name)}. There are:\n${describeFaults()}`)
  }
  const known = new Map(Object.entries({ [name]: grammar.values, ...grammar.parameters, times: TIMES }))
  const properties = pairs.map(([key, text = '']) => {
    const values = known.get(key)
    const value = values && read(text, values)
    if (value === undefined) {
      throw new FaultSpecError(
        `${JSON.stringify(`${key}=${text}`)} is no part of it. It is ${usageOf(name, grammar)}, without spaces.`
      )
    }
    // Named twice, the second would win without a word.
    known.delete(key)
    return [key, value]
  })
  // The cast: the grammar above is the type `Fault`, written for people.
  return Object.fromEntries(properties) as Fault
}

/** A fault as the command line takes it. */
export function faultSpec(fault: Fault): string {
  return Object.entries(fault)
    .map(([key, value]) => `${key}=${value}`)
    .join(',')
}

/** All faults and what they do, a line each, indented by two. */
export function describeFaults(): string {
  const rows = Object.entries(GRAMMAR).map(([name, grammar]) => [usageOf(name, grammar), grammar.meaning])
  const width = Math.max(...rows.map(([usage]) => usage.length))
  return rows.map(([usage, meaning]) => `  ${usage.padEnd(width)}  ${meaning}`).join('\n')
}

function usageOf(name: string, { values, parameters = {} }: Grammar): string {
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
