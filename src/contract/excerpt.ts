import { createWithhold } from '../secrets/withhold'

/** The number of characters of a text that a report shows. */
const MAX_LENGTH = 500

/** Control characters, format characters (which only change how others look), and two that XML can't hold. */
const INVISIBLE = /[\p{Cc}\p{Cf}\uFFFE\uFFFF]/gu

/**
 * Makes a function that prepares any text for a report: one line of at most 500 characters, with invisible characters
 * written as JSON escapes. A text that quotes an API key is withheld.
 */
export function createExcerpt(apiKeys: string[]): (text: string) => string {
  const withhold = createWithhold(apiKeys)
  return (text) => {
    // One more, so that a longer text is still longer.
    const visible = escapeInvisible(withhold(text, MAX_LENGTH + 1))
    return visible.length > MAX_LENGTH ? `${cut(visible)}… (${text.length} characters)` : visible
  }
}

/** Writes control and format characters as JSON escapes, because they could change what a terminal or a viewer shows. */
export function escapeInvisible(text: string): string {
  return text.replace(INVISIBLE, escapeAsJson)
}

/** Never in the middle of a character. */
function cut(text: string): string {
  return text.slice(0, MAX_LENGTH).replace(/[\uD800-\uDBFF]$/, '')
}

/** A character as an escape of JSON, even if JSON does not ask for one. */
export function escapeAsJson(character: string): string {
  const escaped = JSON.stringify(character).slice(1, -1)
  return escaped === character ? character.split('').map(escapeUnit).join('') : escaped
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
