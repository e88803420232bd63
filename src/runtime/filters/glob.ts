/** Something whose result Segment's documentation does not tell. */
export class UndecidableError extends Error {
  override readonly name = 'UndecidableError'
}

type Part = 'any' | ((character: string) => boolean)

/**
 * A glob pattern as Segment documents it for `match`: `*`, `?`, `[abc]`, `[a-z]` and `\x`. It matches a whole text.
 *
 * @throws UndecidableError for any other pattern
 */
export function compileGlob(pattern: string): (text: string) => boolean {
  const parts = partsOf(Array.from(pattern))
  return (text) => matches(parts, Array.from(text))
}

function partsOf(pattern: string[]): Part[] {
  const parts: Part[] = []
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]
    if (character === '*') {
      parts.push('any')
    } else if (character === '?') {
      parts.push(() => true)
    } else if (character === '[') {
      const end = endOfList(pattern, at + 1)
      parts.push(listOf(pattern.slice(at + 1, end)))
      at = end
    } else {
      const wanted = character === '\\' ? escaped(pattern, ++at) : character
      parts.push((found) => found === wanted)
    }
  }
  return parts
}

function endOfList(pattern: string[], start: number): number {
  for (let at = start; at < pattern.length; at++) {
    if (pattern[at] === ']') {
      return at
    }
    at += pattern[at] === '\\' ? 1 : 0
  }
  throw new UndecidableError('The pattern has a "[" without a "]". Write \\[ for the character itself.')
}

/** @param list what stands between the brackets */
function listOf(list: string[]): Part {
  if (list.length === 0 || list[0] === '^' || list[0] === '!') {
    throw new UndecidableError('The pattern has a list that is empty or begins with ^ or !, which is not documented.')
  }
  const items: { character: string; isDash?: boolean }[] = []
  for (let at = 0; at < list.length; at++) {
    items.push(
      list[at] === '\\' ? { character: escaped(list, ++at) } : { character: list[at], isDash: list[at] === '-' }
    )
  }
  const ranges: [from: number, to: number][] = []
  for (let index = 0; index < items.length; index++) {
    const from = items[index]
    const isRange = items[index + 1]?.isDash
    index += isRange ? 2 : 0
    const to = items[index]
    if (from.isDash || !to || to.isDash || codeOf(from) > codeOf(to)) {
      throw new UndecidableError('The pattern has a range that is not complete. Write \\- for the character itself.')
    }
    ranges.push([codeOf(from), codeOf(to)])
  }
  return (character) => ranges.some(([from, to]) => from <= codeOf({ character }) && codeOf({ character }) <= to)
}

function escaped(pattern: string[], at: number): string {
  if (at >= pattern.length) {
    throw new UndecidableError('The pattern ends with a backslash.')
  }
  return pattern[at]
}

function codeOf({ character }: { character: string }): number {
  return character.codePointAt(0) ?? 0
}

/** Steps back to the last `*` only, so that no pattern takes longer than its length times that of the text. */
function matches(parts: Part[], text: string[]): boolean {
  let part = 0
  let at = 0
  let star = -1
  let resumeAt = 0
  while (at < text.length) {
    const expected = parts[part]
    if (expected === 'any') {
      star = part++
      resumeAt = at
    } else if (expected?.(text[at])) {
      part++
      at++
    } else if (star >= 0) {
      part = star + 1
      at = ++resumeAt
    } else {
      return false
    }
  }
  return parts.slice(part).every((rest) => rest === 'any')
}
