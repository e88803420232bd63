/** The most characters of a body that a report shows. */
const LIMIT = 500

/** Control characters, those that only change how others are shown, and two that XML cannot hold. */
const INVISIBLE = /[\p{Cc}\p{Cf}\uFFFE\uFFFF]/gu

/** One line that a terminal shows as it is, and that says where it was cut. What is invisible is written as in JSON. */
export function readable(text: string): string {
  const visible = text.replace(INVISIBLE, escape)
  return visible.length > LIMIT ? `${cut(visible, LIMIT)}… (${text.length} characters)` : visible
}

/** Not in the middle of a character. */
function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')
}

function escape(character: string): string {
  const named = JSON.stringify(character).slice(1, -1)
  return named === character ? character.split('').map(escapeUnit).join('') : named
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
