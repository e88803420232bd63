const REDACTED = '[API key]'

/** How many encodings may lie on top of each other, such as a URL inside JSON. */
const MAX_DEPTH = 2

/**
 * Makes a function that removes API keys from a text, whatever case and encoding an API repeats them in: JSON, HTML,
 * URLs, base64, and up to two of these on top of each other. It decodes the text instead of listing encoded forms,
 * because encoders differ in what they escape (PHP writes `\/`, .NET writes `\u002B`).
 */
export function createRedactor(apiKeys: string[]): (text: string) => string {
  const keys = apiKeys.filter(Boolean)
  const targets = [...new Set(keys.flatMap(targetsFor))]
  const decoders = [JSON_STRING, HTML, URL_COMPONENT, FORM, ...base64Decoders(keys)]
  return (text) => (targets.length > 0 ? replaceRanges(text, findTargets(text, targets, decoders)) : text)
}

/** Credentials are targets too: a lower-cased copy of them can't be decoded, but can still be matched. */
function targetsFor(apiKey: string): string[] {
  // A lone surrogate becomes U+FFFD in UTF-8, and so in every encoding that is based on it.
  const wellFormed = Buffer.from(apiKey, 'utf8').toString('utf8')
  const base64 = [`${apiKey}:`, apiKey].flatMap((text) =>
    (['base64', 'base64url'] as const).map((encoding) =>
      Buffer.from(text, 'utf8').toString(encoding).replace(/=+$/, '')
    )
  )
  return [apiKey, wellFormed, ...base64].map(foldCase)
}

/** Unlike `toLowerCase`, this never changes the length of a text. */
function foldCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

/** A decoded text that knows which part of the original each of its UTF-16 units comes from. */
interface View {
  text: string
  starts: number[]
  ends: number[]
}

type Range = [start: number, end: number]

function findTargets(text: string, targets: string[], decoders: Decoder[]): Range[] {
  const starts = Array.from({ length: text.length }, (_, index) => index)
  const original: View = { text, starts, ends: starts.map((start) => start + 1) }
  const views = new Map([[text, original]])
  let latest = [original]
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const decoded = latest.flatMap((view) => decoders.flatMap((decoder) => decode(view, decoder) ?? []))
    latest = decoded.filter((view) => !views.has(view.text) && views.set(view.text, view))
  }
  return [...views.values()].flatMap((view) => occurrences(view, targets))
}

function occurrences({ text, starts, ends }: View, targets: string[]): Range[] {
  const folded = foldCase(text)
  const ranges: Range[] = []
  for (const target of targets) {
    for (let at = folded.indexOf(target); at !== -1; at = folded.indexOf(target, at + 1)) {
      ranges.push([starts[at], ends[at + target.length - 1]])
    }
  }
  return ranges
}

interface Decoder {
  pattern: RegExp
  decode: (match: string) => string
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00A0' }

const CONTROL_ESCAPES: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

const JSON_STRING: Decoder = {
  pattern: /\\(?:u[0-9a-f]{4}|[^u])/gi,
  decode: (escape) =>
    escape.length > 2
      ? String.fromCharCode(parseInt(escape.slice(2), 16))
      : (CONTROL_ESCAPES[escape[1]] ?? escape.slice(1))
}

const HTML: Decoder = {
  pattern: /&(?:#\d{1,9}|#x[0-9a-f]{1,8}|amp|lt|gt|quot|apos|nbsp);?/gi,
  decode: (entity) => {
    const name = entity.replace(/^&|;$/g, '').toLowerCase()
    if (!name.startsWith('#')) {
      return ENTITIES[name]
    }
    const codePoint = name.startsWith('#x') ? parseInt(name.slice(2), 16) : Number(name.slice(1))
    return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : '\uFFFD'
  }
}

const URL_COMPONENT: Decoder = {
  pattern: /(?:%[0-9a-f]{2})+/gi,
  decode: (escapes) => Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8')
}

const FORM: Decoder = {
  pattern: /(?:%[0-9a-f]{2})+|\+/gi,
  decode: (escapes) => (escapes === '+' ? ' ' : URL_COMPONENT.decode(escapes))
}

/**
 * Decodes runs that are long enough to hold a key, at each offset: the characters before it may belong to the same
 * alphabet, as in `/v1/<base64>`.
 */
function base64Decoders(keys: string[]): Decoder[] {
  const shortest = Math.min(...keys.map((key) => Buffer.byteLength(key)))
  const length = Math.max(2, Math.floor((shortest * 4) / 3))
  return [0, 1, 2, 3].map((offset) => ({
    pattern: new RegExp(`(?<=(?<![\\w+/-])[\\w+/-]{${offset}})[\\w+/-]{${length},}={0,2}`, 'g'),
    decode: (run) => Buffer.from(run, 'base64').toString('utf8')
  }))
}

/** Undefined if nothing in the view has this encoding. */
function decode(view: View, { pattern, decode: decodeMatch }: Decoder): View | undefined {
  const decoded: View = { text: '', starts: [], ends: [] }
  let position = 0
  for (const match of view.text.matchAll(pattern)) {
    append(decoded, view, position, match.index)
    const text = decodeMatch(match[0])
    position = match.index + match[0].length
    decoded.text += text
    for (let unit = 0; unit < text.length; unit++) {
      decoded.starts.push(view.starts[match.index])
      decoded.ends.push(view.ends[position - 1])
    }
  }
  if (position === 0) {
    return undefined
  }
  append(decoded, view, position, view.text.length)
  return decoded
}

function append(to: View, from: View, start: number, end: number): void {
  to.text += from.text.slice(start, end)
  for (let unit = start; unit < end; unit++) {
    to.starts.push(from.starts[unit])
    to.ends.push(from.ends[unit])
  }
}

function replaceRanges(text: string, ranges: Range[]): string {
  let redacted = ''
  let position = 0
  for (const [start, end] of ranges.sort(([a], [b]) => a - b)) {
    if (end > position) {
      redacted += start >= position ? text.slice(position, start) + REDACTED : ''
      position = end
    }
  }
  return redacted + text.slice(position)
}
