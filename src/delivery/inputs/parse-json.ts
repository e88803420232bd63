/** What a text holds, or where it stops being JSON. */
export interface ParsedJson {
  /** `undefined`, which JSON cannot say, if the text is not JSON. */
  value?: unknown
  /** 0-based, if the text is not JSON and V8 tells where it breaks. */
  position?: number
}

/**
 * `JSON.parse` for text that may hold personal data: instead of an error whose message quotes the text, it gives the
 * position. Never throws.
 */
export function parseJson(text: string): ParsedJson {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    const message = String(error)
    if (message.endsWith('Unexpected end of JSON input')) {
      return { position: text.length }
    }
    // The end of the message only: a message that quotes the text ends in other words.
    const position = / at position (\d+)(?: \(line \d+ column \d+\))?$/.exec(message)?.[1]
    return position === undefined ? {} : { position: Number(position) }
  }
}
