/** Every escape starts with one of these. A plus is a space in a form. */
export const ESCAPE_STARTS = '%\\&+'

/** HTML's names of the characters that escaping functions replace. */
const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  sol: '/',
  bsol: '\\',
  plus: '+',
  equals: '=',
  percnt: '%',
  num: '#',
  commat: '@',
  grave: '`',
  nbsp: '\u00a0'
}

const HEX = /^[0-9a-f]$/i
const DECIMAL = /^[0-9]$/
const NAME = /^[a-z]$/i

/** What a text from a position on may stand for, and the position after that. */
interface Reading {
  value: string
  end: number
}

/**
 * All readings of a text at a position.
 *
 * @param depth how many percent, JSON or HTML escapes may be inside each other: two for %2526, the escape of an escape
 */
export type Reader = (position: number, depth: number) => Reading[]

export function createReader(text: string): Reader {
  const known: Reading[][][] = []

  function read(position: number, depth: number): Reading[] {
    const literal = position < text.length ? [{ value: text[position], end: position + 1 }] : []
    if (depth === 0 || !ESCAPE_STARTS.includes(text.charAt(position))) {
      return literal
    }
    known[depth] = known[depth] ?? []
    known[depth][position] = known[depth][position] ?? [...literal, ...readEscapes(position, depth - 1)]
    return known[depth][position]
  }

  function readEscapes(position: number, depth: number): Reading[] {
    return read(position, depth).flatMap(({ value, end }) => {
      switch (value) {
        case '+':
          return [{ value: ' ', end }]
        case '%':
          return readBytes(end, depth, 1)
        case '\\':
          return readJson(end, depth)
        default:
          return value === '&' ? readEntity(end, depth) : []
      }
    })
  }

  /** The bytes of one character in UTF-8, from behind the first percent sign. */
  function readBytes(position: number, depth: number, count: number, before = ''): Reading[] {
    return take(position, depth, HEX, 2, 2).flatMap(({ value, end }) => {
      const bytes = before + value
      const missing = bytes.length === 2 ? utf8Length(parseInt(value, 16)) : count
      return missing === 1
        ? [{ value: Buffer.from(bytes, 'hex').toString('utf8'), end }]
        : expect(end, depth, '%').flatMap((next) => readBytes(next, depth, missing - 1, bytes))
    })
  }

  function readJson(position: number, depth: number): Reading[] {
    return read(position, depth).flatMap(({ value, end }) =>
      value === 'u'
        ? take(end, depth, HEX, 4, 4).map((unit) => ({ ...unit, value: String.fromCharCode(parseInt(unit.value, 16)) }))
        : [{ value, end }]
    )
  }

  function readEntity(position: number, depth: number): Reading[] {
    const names = take(position, depth, NAME, 2, 6).map((name) => ({
      ...name,
      value: ENTITIES[name.value.toLowerCase()]
    }))
    const numbers = expect(position, depth, '#').flatMap((next) => [
      ...take(next, depth, DECIMAL, 1, 8).map((number) => ({ ...number, value: toCharacter(number.value, 10) })),
      ...[...expect(next, depth, 'x'), ...expect(next, depth, 'X')]
        .flatMap((digits) => take(digits, depth, HEX, 1, 8))
        .map((number) => ({ ...number, value: toCharacter(number.value, 16) }))
    ])
    return [...names, ...numbers].flatMap(({ value, end }) =>
      value ? expect(end, depth, ';').map((next) => ({ value, end: next })) : []
    )
  }

  /** The positions after one character. */
  function expect(position: number, depth: number, character: string): number[] {
    return read(position, depth).flatMap(({ value, end }) => (value === character ? [end] : []))
  }

  function take(position: number, depth: number, characters: RegExp, min: number, max: number): Reading[] {
    let readings: Reading[] = [{ value: '', end: position }]
    const taken: Reading[] = []
    for (let count = 1; count <= max && readings.length > 0; count++) {
      readings = readings.flatMap((before) =>
        read(before.end, depth).flatMap(({ value, end }) =>
          characters.test(value) ? [{ value: before.value + value, end }] : []
        )
      )
      taken.push(...(count >= min ? readings : []))
    }
    return taken
  }

  return read
}

function utf8Length(firstByte: number): number {
  return firstByte < 0xc0 ? 1 : firstByte < 0xe0 ? 2 : firstByte < 0xf0 ? 3 : 4
}

function toCharacter(digits: string, radix: number): string {
  const codePoint = parseInt(digits, radix)
  return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : ''
}
