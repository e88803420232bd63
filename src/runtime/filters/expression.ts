import { compileGlob, UndecidableError } from './glob'
import { FqlError } from './tokens'
import type { PlacedToken } from './tokens'
import { expectType, listTypes } from './values'
import type { Type } from './values'

/** A part of a condition. */
export interface Expression {
  /** Undefined if it depends on the event. */
  type?: Type
  token: PlacedToken
  evaluate(event: unknown): unknown
  /** The value of a literal. */
  literal?: unknown
  /** The word that joins its parts, if no parentheses are around them. */
  joint?: 'and' | 'or'
}

export function literal(token: PlacedToken, type: Type, value: unknown): Expression {
  return { type, token, literal: value, evaluate: () => value }
}

/** The pattern of `match`, checked before the first event. */
export function pattern(token: PlacedToken): Expression {
  const text = token.value.slice(1, -1)
  try {
    compileGlob(text)
  } catch (error) {
    throw error instanceof UndecidableError ? new FqlError(error.message, token.start) : error
  }
  return literal(token, 'string', text)
}

export function membership(left: Expression, right: Expression): Expression {
  const value = operand(left, ['string', 'number', 'bool', 'null'], '"in"')
  const list = operand(right, ['list', 'null'], 'The right side of "in"')
  return {
    type: 'bool',
    token: left.token,
    evaluate: (event) => ((list(event) ?? []) as unknown[]).includes(value(event))
  }
}

/** Checks an operand's type: now if it is known, otherwise for each event. */
export function operand(expression: Expression, allowed: readonly Type[], what: string): Expression['evaluate'] {
  expectStatic(expression, allowed, what)
  return (event) => {
    const value = expression.evaluate(event)
    expectType(value, allowed, what)
    return value
  }
}

export function expectStatic({ type, token }: Expression, allowed: readonly Type[], what: string): void {
  if (type && !allowed.includes(type)) {
    throw new FqlError(`${what} needs ${listTypes(allowed)}, and this is ${type}.`, token.start)
  }
}
