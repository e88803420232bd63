/** The texts of the items of a JSON array, which must be valid. */
export function itemsOf(array: string): string[] {
  const items: string[] = []
  let [start, end, depth] = [-1, 0, 0]
  forEachToken(array, (token, from, to) => {
    depth -= isClosing(token) ? 1 : 0
    if (depth === 0 || (depth === 1 && token === ',')) {
      if (start !== -1) {
        items.push(array.slice(start, end))
      }
      start = -1
    } else if (start === -1) {
      start = from
    }
    end = to
    depth += isOpening(token) ? 1 : 0
  })
  return items
}

/** The texts that stand one after the other, each a JSON value if they are joined JSON values, with or without white space. */
export function valuesOf(text: string): string[] {
  const values: string[] = []
  let [start, depth] = [-1, 0]
  forEachToken(text, (token, from, to) => {
    start = start === -1 ? from : start
    depth += isOpening(token) ? 1 : isClosing(token) ? -1 : 0
    if (depth <= 0) {
      values.push(text.slice(start, to))
      start = -1
      depth = 0
    }
  })
  return start === -1 ? values : [...values, text.slice(start)]
}

/** Calls back for each number of valid JSON, with what tells the path of its key, such as `context.groupId`. */
export function forEachNumber(json: string, visit: (text: string, path: () => string) => void): void {
  const keys: string[] = []
  let [depth, key] = [0, '']
  forEachToken(json, (token, from, to) => {
    if (token === '"') {
      key = json.slice(from + 1, to - 1)
    } else if (token === ':') {
      keys[depth] = key
    } else if (isOpening(token)) {
      depth++
      keys.length = depth
    } else if (isClosing(token)) {
      depth--
      keys.length = depth + 1
    } else if (/[-\d]/.test(token[0])) {
      visit(token, () => keys.filter(Boolean).join('.'))
    }
  })
}

/** Valid JSON without its line breaks, which can't be in its strings. */
export function onOneLine(json: string): string {
  return json.trim().replace(/[\r\n][\r\n\t ]*/g, '')
}

/** Calls back for each bracket, comma, colon and scalar. A string's token is its first quote. */
function forEachToken(text: string, visit: (token: string, from: number, to: number) => void): void {
  const tokens = /["[\]{},:]|[^\s"[\]{},:]+/g
  for (let match = tokens.exec(text); match; match = tokens.exec(text)) {
    if (match[0] === '"') {
      tokens.lastIndex = endOfString(text, match.index)
    }
    visit(match[0], match.index, tokens.lastIndex)
  }
}

function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let first = quote
    while (text[first - 1] === '\\') {
      first--
    }
    if ((quote - first) % 2 === 0) {
      return quote + 1
    }
  }
  return text.length
}

function isOpening(token: string): boolean {
  return token === '{' || token === '['
}

function isClosing(token: string): boolean {
  return token === '}' || token === ']'
}
