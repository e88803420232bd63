import { types } from '@segment/fql-ts'
import { expectStatic, literal, membership, operand, pattern } from './expression'
import type { Expression } from './expression'
import { Cursor, FqlError, tokensOf } from './tokens'
import { COMPARISONS, FUNCTIONS, readPath, VAGUE_FUNCTIONS } from './values'
import type { Type } from './values'

/** A condition in Segment's Filter Query Language. */
export interface Condition {
  /** @throws UndecidableError if Segment's documentation does not tell the result for this event */
  matches(event: unknown): boolean
  /** The fields that it reads. */
  paths: readonly (readonly string[])[]
  /** Whether it has `and` beside `or` without parentheses: which of them binds tighter is not documented. */
  isMixed: boolean
}

/** How a condition is written that every event fulfils. */
const EVERY_EVENT = /^\s*all\s*(\(\s*\)\s*)?$/

/** Deeper than any condition that a person writes. */
const MAX_DEPTH = 100

const BOOLEAN: readonly Type[] = ['bool', 'null']
const NUMBER: readonly Type[] = ['number']

/**
 * Reads a condition as Segment documents it, and nothing else. From loose to tight: `or`, `and`, `!`, comparison, value.
 *
 * @see https://www.twilio.com/docs/segment/api/public-api/fql
 * @throws FqlError for what is not documented, or can't have the result that the documentation says
 */
export function parseCondition(text: string): Condition {
  if (EVERY_EVENT.test(text)) {
    return { matches: () => true, paths: [], isMixed: false }
  }
  return new Parser(tokensOf(text)).condition()
}

class Parser extends Cursor {
  private depth = 0
  private isMixed = false
  private readonly paths: string[][] = []

  condition(): Condition {
    const expression = this.or()
    if (this.token.type !== types.EOS) {
      throw this.unexpected()
    }
    const value = operand(expression, BOOLEAN, 'A condition')
    return { matches: (event) => value(event) === true, paths: this.paths, isMixed: this.isMixed }
  }

  private or(): Expression {
    return this.joined('or', () => this.joined('and', () => this.not()))
  }

  private joined(joint: 'and' | 'or', next: () => Expression): Expression {
    const first = next()
    const parts = [first]
    while (this.take(types.Conditional, joint)) {
      parts.push(next())
    }
    if (parts.length === 1) {
      return first
    }
    this.isMixed ||= parts.some((part) => part.joint !== undefined)
    const values = parts.map((part) => operand(part, BOOLEAN, `"${joint}"`))
    return {
      type: 'bool',
      token: first.token,
      joint,
      evaluate: (event) =>
        joint === 'or' ? values.some((value) => value(event) === true) : values.every((value) => value(event) === true)
    }
  }

  private not(): Expression {
    const { token } = this
    if (!this.take(types.Operator, '!')) {
      return this.comparison()
    }
    const value = operand(
      this.nested(() => this.not()),
      BOOLEAN,
      '"!"'
    )
    return { type: 'bool', token, evaluate: (event) => value(event) !== true }
  }

  private comparison(): Expression {
    const left = this.value()
    const { token } = this
    if (this.take(types.Ident, 'in')) {
      return membership(left, this.value())
    }
    const compare = token.type === types.Operator ? COMPARISONS[token.value] : undefined
    if (!compare) {
      return left
    }
    this.advance()
    const right = this.value()
    if (token.value !== '=' && token.value !== '!=') {
      expectStatic(left, NUMBER, `"${token.value}"`)
      expectStatic(right, NUMBER, `"${token.value}"`)
    }
    return {
      type: 'bool',
      token: left.token,
      evaluate: (event) => compare(left.evaluate(event), right.evaluate(event))
    }
  }

  private value(): Expression {
    const { token } = this
    if (this.take(types.ParenLeft)) {
      const inner = this.nested(() => this.or())
      this.expect(types.ParenRight, '")"')
      return { ...inner, joint: undefined }
    }
    if (token.type === types.Ident) {
      return this.identifier()
    }
    if (this.take(types.BrackLeft)) {
      return literal(token, 'list', this.list())
    }
    return this.literal()
  }

  private identifier(): Expression {
    const { token } = this
    const following = this.following
    if (following.type === types.ParenLeft) {
      return this.call()
    }
    if ((token.value === 'true' || token.value === 'false') && following.type !== types.Dot) {
      return this.literal()
    }
    const path = this.path()
    this.paths.push(path)
    return { token, evaluate: (event) => readPath(event, path) }
  }

  private path(): string[] {
    const first = this.advance()
    const path = [first.value]
    let { end } = first
    while (this.token.type === types.Dot && this.token.start === end) {
      const dot = this.advance()
      const name = this.advance()
      if (name.type !== types.Ident || name.start !== dot.end) {
        throw new FqlError('The name of a field is missing. Write \\ before a character that is no letter.', dot.end)
      }
      path.push(name.value)
      ;({ end } = name)
    }
    return path
  }

  private call(): Expression {
    const { token } = this
    const known = Object.hasOwn(FUNCTIONS, token.value) ? FUNCTIONS[token.value] : undefined
    if (!known) {
      throw new FqlError(
        VAGUE_FUNCTIONS.includes(token.value)
          ? `${token.value}() can't be applied exactly: Segment does not document all of its results.`
          : `There is no function ${token.value}(). Functions: ${Object.keys(FUNCTIONS).join(', ')}.`,
        token.start
      )
    }
    const { parameters, returns, call } = known
    this.advance()
    this.advance()
    const parts = parameters.map((_types, index) => {
      if (index > 0) {
        this.expect(types.Comma, '","')
      }
      return token.value === 'match' && index === 1 && this.token.type === types.String
        ? pattern(this.advance())
        : this.nested(() => this.value())
    })
    this.expect(types.ParenRight, '")"')
    const values = parts.map((part, index) => operand(part, parameters[index], `${token.value}()`))
    return { type: returns, token, evaluate: (event) => call(...values.map((value) => value(event))) }
  }

  private list(): unknown[] {
    const items: unknown[] = []
    while (!this.take(types.BrackRight)) {
      if (items.length > 0) {
        this.expect(types.Comma, '"," or "]"')
      }
      items.push(this.literal().literal)
    }
    return items
  }

  private literal(): Expression {
    const { type, value, start } = this.token
    if (type === types.Number && !Number.isFinite(Number(value))) {
      throw new FqlError(`${value} is not a number.`, start)
    }
    if (type === types.String && value.includes('\\')) {
      throw new FqlError('Only the pattern of match() may have a backslash.', start)
    }
    switch (type) {
      case types.Null:
        return literal(this.advance(), 'null', null)
      case types.Number:
        return literal(this.advance(), 'number', Number(value))
      case types.String:
        return literal(this.advance(), 'string', value.slice(1, -1))
      default:
        if (type === types.Ident && (value === 'true' || value === 'false')) {
          return literal(this.advance(), 'bool', value === 'true')
        }
        throw this.unexpected()
    }
  }

  /** @throws FqlError if it is nested too deep: nobody writes this, and it would overflow the stack */
  private nested(parse: () => Expression): Expression {
    if (++this.depth > MAX_DEPTH) {
      throw new FqlError(`There are more than ${MAX_DEPTH} levels.`, this.token.start)
    }
    const expression = parse()
    this.depth--
    return expression
  }
}
