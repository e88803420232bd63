import { isUtf8 } from 'node:buffer'
import { isJsonObject } from '../../formats/json'
import { asEvent } from './event-read'
import type { EventRead, Source } from './event-read'
import { itemsOf, onOneLine, valuesOf } from './json-text'
import { parseJson } from './parse-json'
import { MAX_VALUE_LENGTH } from './line'

/** Whether the input can only be one JSON value over several lines, or an array: no event of NDJSON starts like this. */
export function startsDocument(head: string): boolean {
  const start = head.trimStart()
  const [firstLine] = start.split('\n', 1)
  if (!start.startsWith('[')) {
    return firstLine.trim() === '{'
  }
  const hasMoreLines = start.trimEnd().length > firstLine.length
  return !(hasMoreLines && parseJson(firstLine).value !== undefined)
}

/** Whether several objects stand on the first line, as Amazon Data Firehose writes them: without a separator. */
export function startsJoined(head: string): boolean {
  const [firstLine] = head.trimStart().split('\n', 1)
  const [first, second] = valuesOf(firstLine)
  return second?.startsWith('{') && isJsonObject(parseJson(first).value)
}

/** The JSON values that stand in a line without a separator; those that are not UTF-8 as bytes. */
export function joinedIn(line: string | Buffer): (string | Buffer)[] {
  return typeof line === 'string' ? valuesOf(line) : textsIn(line, valuesOf)
}

/** The events of a JSON array, or the one event that is written over several lines; `undefined` for anything else. */
export function readDocument(bytes: Buffer, source: Source): EventRead[] | undefined {
  const text = bytes.toString()
  const { value } = parseJson(text)
  if (Array.isArray(value)) {
    const raws = textsIn(bytes, (json) => itemsOf(json).map(onOneLine))
    return value.map((item, index) =>
      asEvent({ ...source, unit: 'item', line: index + 1, bytes: raws[index].length }, item, raws[index])
    )
  }
  if (value === undefined || !text.trim().includes('\n')) {
    return undefined
  }
  const [raw] = textsIn(bytes, (json) => [onOneLine(json)])
  return [asEvent({ ...source, unit: 'line', line: lineAt(text, text.search(/\S/)), bytes: raw.length }, value, raw)]
}

export function brokenDocument(bytes: Buffer | undefined, source: Source): EventRead {
  const place = { ...source, unit: 'line', raw: '', bytes: 0 } as const
  if (bytes === undefined) {
    const problem = `This JSON has more than ${MAX_VALUE_LENGTH} bytes. Write one event a line instead.`
    return { ...place, line: 1, problem }
  }
  const text = bytes.toString()
  const line = lineAt(text, parseJson(text).position ?? 0)
  const problem = 'This is not one whole JSON value. Correct it, or write each event as one JSON object on one line.'
  return { ...place, line, problem }
}

/** The parts of JSON; those that are not UTF-8 as bytes. */
function textsIn(bytes: Buffer, cut: (text: string) => string[]): (string | Buffer)[] {
  if (isUtf8(bytes)) {
    return cut(bytes.toString())
  }
  // One character a byte: brackets and quotes are the same, and the bytes come back from it.
  return cut(bytes.toString('latin1')).map((part) => {
    const own = Buffer.from(part, 'latin1')
    return isUtf8(own) ? own.toString() : own
  })
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length
}
