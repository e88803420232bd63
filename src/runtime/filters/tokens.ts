import { lex, types } from '@segment/fql-ts'
import type { Token } from '@segment/fql-ts'

const UNREADABLE =
  "This can't be read. Write spaces around operators, \\ before special characters of a name, and no quote within the same quotes."

/** A condition that can't be evaluated exactly as it is written. */
export class FqlError extends Error {
  override readonly name = 'FqlError'

  /** @param position of the character in the condition, from 0 */
  constructor(
    message: string,
    readonly position: number
  ) {
    super(message)
  }
}

/** A token, and where it stands: the lexer does not tell. */
export interface PlacedToken extends Token {
  start: number
  /** Behind its last character. */
  end: number
}

/**
 * The tokens of a condition, the last of type `eos`. Each is compared with the text, because the lexer loses characters in
 * rare cases.
 *
 * @throws FqlError
 */
export function tokensOf(text: string): PlacedToken[] {
  // At the end of the text, the lexer loses the `n` of a field named `an`. A space prevents it.
  const { tokens, error } = lex(`${text} `)
  if (error) {
    throw new FqlError(
      error.message === 'unterminated string' ? 'A quote is missing, or a space behind one.' : UNREADABLE,
      errorPosition(text)
    )
  }
  const placed: PlacedToken[] = []
  let end = 0
  for (const token of tokens) {
    const start = text.length - text.slice(end).trimStart().length
    end = token.type === types.EOS ? text.length : endOf(token, text, start)
    if (end === -1 || (token.type === types.EOS && start < text.length)) {
      throw new FqlError(UNREADABLE, start)
    }
    placed.push({ ...token, start, end })
  }
  return placed
}

/** Behind the token's last character; -1 if the text has another token here. */
function endOf({ type, value }: Token, text: string, start: number): number {
  if (type !== types.Ident) {
    return text.startsWith(value, start) ? start + value.length : -1
  }
  let at = start
  for (let index = 0; index < value.length; index++, at++) {
    at += text[at] === '\\' ? 1 : 0
    if (text[at] !== value[index]) {
      return -1
    }
  }
  return at
}

/** The lexer counts columns of a line, and counts line breaks wrongly where it steps back. */
function errorPosition(text: string): number {
  const { error } = lex(`${text.replace(/\n/g, ' ')} `)
  return Math.min(text.length, Math.max(0, (error?.cursor.column ?? 1) - 1))
}

/** Reads one token after the other. */
export class Cursor {
  private index = 0

  constructor(private readonly tokens: PlacedToken[]) {}

  protected get token(): PlacedToken {
    return this.tokens[this.index]
  }

  /** The token behind this one. */
  protected get following(): PlacedToken {
    return this.tokens[this.index + 1]
  }

  protected advance(): PlacedToken {
    return this.tokens[this.index++]
  }

  protected take(type: types, value?: string): boolean {
    const isIt = this.token.type === type && (value === undefined || this.token.value === value)
    this.index += isIt ? 1 : 0
    return isIt
  }

  protected expect(type: types, name: string): void {
    if (!this.take(type)) {
      throw this.unexpected(`${name} is missing.`)
    }
  }

  protected unexpected(message = "This can't stand here."): FqlError {
    const { type, start } = this.token
    return new FqlError(type === types.EOS ? 'Something is missing.' : message, start)
  }
}
