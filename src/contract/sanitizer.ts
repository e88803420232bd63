import { createRedactor } from './redaction'

/** The number of characters of a body that a report shows. */
const MAX_LENGTH = 500

/** An upper bound for how many characters one character of a key becomes in two encodings, as in `&amp;#x2f;`. */
const MAX_EXPANSION = 40

/** Control characters, format characters (which only change how others look), and two that XML can't hold. */
const INVISIBLE = /[\p{Cc}\p{Cf}\uFFFE\uFFFF]/gu

/**
 * Makes a function that prepares any text for a report: one line, without API keys, at most 500 characters, with
 * invisible characters written as JSON escapes.
 */
export function createSanitizer(apiKeys: string[]): (text: string) => string {
  const redact = createRedactor(apiKeys)
  const margin = 1 + MAX_EXPANSION * Math.max(0, ...apiKeys.map((key) => key.length))
  return (text) => {
    const visible = escapeInvisible(redactStart(text, redact, margin))
    return visible.length > MAX_LENGTH ? `${cut(visible)}… (${text.length} characters)` : visible
  }
}

/** Writes control and format characters as JSON escapes, because they could change what a terminal or a viewer shows. */
export function escapeInvisible(text: string): string {
  return text.replace(INVISIBLE, escape)
}

/**
 * Redacts as much of a text as a report can show. Redaction comes before the cut, so that no part of a key is left, and
 * `margin` more characters than are shown are redacted, so that no key is cut in half here either.
 */
function redactStart(text: string, redact: (text: string) => string, margin: number): string {
  let length = MAX_LENGTH + 2 * margin
  let redacted = redact(text.slice(0, length))
  while (length < text.length && redacted.length < MAX_LENGTH + margin) {
    length *= 2
    redacted = redact(text.slice(0, length))
  }
  return redacted
}

/** Never in the middle of a character. */
function cut(text: string): string {
  return text.slice(0, MAX_LENGTH).replace(/[\uD800-\uDBFF]$/, '')
}

function escape(character: string): string {
  const escaped = JSON.stringify(character).slice(1, -1)
  return escaped === character ? character.split('').map(escapeUnit).join('') : escaped
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
