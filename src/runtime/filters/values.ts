import { isDeepStrictEqual } from 'node:util'
import { isJsonObject } from '../../formats/json'
import { compileGlob, UndecidableError } from './glob'

/** FQL's types, and JSON objects, which it does not name. */
export type Type = 'string' | 'number' | 'list' | 'bool' | 'null' | 'object'

export interface FqlFunction {
  /** The types that each parameter takes. */
  parameters: readonly (readonly Type[])[]
  returns: Type
  /** @throws UndecidableError */
  call(...values: unknown[]): unknown
}

const TEXT: readonly Type[] = ['string']
const TEXT_OR_NULL: readonly Type[] = ['string', 'null']

const changeCase = (change: (character: string) => string): FqlFunction => ({
  parameters: [TEXT_OR_NULL],
  returns: 'string',
  call: (text: string | null) => text && replaceCharacters(text, change)
})

/**
 * The functions that Segment documents, with their defaults for `null`.
 *
 * @see https://www.twilio.com/docs/segment/api/public-api/fql
 */
export const FUNCTIONS: Readonly<Record<string, FqlFunction>> = {
  contains: {
    parameters: [TEXT_OR_NULL, TEXT],
    returns: 'bool',
    call: (text: string | null, part: string) => text !== null && text.includes(part)
  },
  length: {
    parameters: [['list', 'string', 'null']],
    returns: 'number',
    call: (value: string | unknown[] | null) =>
      typeof value === 'string' ? Buffer.byteLength(value) : (value?.length ?? 0)
  },
  lowercase: changeCase((character) => character.toLowerCase()),
  match: {
    parameters: [TEXT_OR_NULL, TEXT],
    returns: 'bool',
    call: (text: string | null, pattern: string) => compileGlob(pattern)(text ?? '') && text !== null
  },
  typeof: { parameters: [['string', 'number', 'list', 'bool', 'null', 'object']], returns: 'string', call: typeOf },
  uppercase: changeCase((character) => character.toUpperCase())
}

/** Segment documents them without their results: how `snakecase` writes capital letters, or what `bool` makes of a text. */
export const VAGUE_FUNCTIONS = ['bool', 'kebabcase', 'number', 'snakecase', 'string', 'titlecase']

function typeOf(value: unknown): Type {
  if (value === null || value === undefined) {
    return 'null'
  }
  if (Array.isArray(value)) {
    return 'list'
  }
  return typeof value === 'boolean' ? 'bool' : (typeof value as 'string' | 'number' | 'object')
}

/** `string, list or null` */
export function listTypes(types: readonly Type[]): string {
  return types.length === 1 ? types[0] : `${types.slice(0, -1).join(', ')} or ${types[types.length - 1]}`
}

/** @throws UndecidableError, which names types and no values */
export function expectType(value: unknown, types: readonly Type[], what: string): void {
  if (!types.includes(typeOf(value))) {
    throw new UndecidableError(`${what} needs ${listTypes(types)}, and got ${typeOf(value)}.`)
  }
}

/** A field of an event. What is not there is null, also what JavaScript adds to lists, texts and objects. */
export function readPath(event: unknown, path: readonly string[]): unknown {
  let value = event
  for (const key of path) {
    if (!isJsonObject(value) || !Object.hasOwn(value, key)) {
      return null
    }
    value = value[key]
  }
  return value ?? null
}

export const COMPARISONS: Readonly<Record<string, (left: unknown, right: unknown) => boolean>> = {
  '=': equals,
  '!=': (left, right) => !equals(left, right),
  '<': (left, right) => areNumbers(left, right) && Number(left) < Number(right),
  '<=': (left, right) => areNumbers(left, right) && Number(left) <= Number(right),
  '>': (left, right) => areNumbers(left, right) && Number(left) > Number(right),
  '>=': (left, right) => areNumbers(left, right) && Number(left) >= Number(right)
}

function equals(left: unknown, right: unknown): boolean {
  return left === right || (typeof left === 'object' && isDeepStrictEqual(left, right))
}

/** Documented as true only if one number is greater than another. */
function areNumbers(left: unknown, right: unknown): boolean {
  return typeof left === 'number' && typeof right === 'number'
}

/** One character stays one character: a final sigma or a sharp s is no exception. */
function replaceCharacters(text: string, change: (character: string) => string): string {
  return text.replace(/./gsu, (character) => {
    const changed = change(character)
    return changed.length === character.length ? changed : character
  })
}
