import type { Readable } from 'node:stream'
import type { SegmentEvent } from '@segment/actions-core'
import { envelopeHint } from '../../runtime'
import type { Location } from '../result'
import { parseJson } from './parse-json'
import { MAX_VALUE_LENGTH, TextReader } from './text-reader'
import type { Line } from './text-reader'

/** Where an event stands, and the text that stands there. */
interface Place extends Location {
  /** The input's index among all inputs. */
  input: number
  /**
   * The text as it is in the input, without its line end. For an item of an array, or an event written over several lines:
   * its JSON on one line. Empty if there is no such text: the document is broken, too long or nested thousands deep.
   */
  raw: string
  /** Bytes of the text, roughly. */
  bytes: number
}

/** One event, or a problem in its place: a sentence for the user that never quotes the input. */
export type EventRead = Place & ({ event: SegmentEvent } | { problem: string })

/** An input's name and its index among all inputs. */
export type Source = Pick<Place, 'file' | 'input'>

/** Bytes of the input that tell its form. */
const SNIFF_LENGTH = 1024 * 1024

/**
 * Reads Segment events from a stream of bytes (as `TextReader` reads it) in any of three forms:
 *
 * - NDJSON, one event a line: any size, read with flat memory; blank lines are skipped.
 * - One JSON array of events, if the input starts with `[` (unless more follows a first line that is JSON by itself). It is
 *   held in memory whole, so it may have `MAX_VALUE_LENGTH` bytes at most.
 * - One event over several lines: up to 1 MiB, or `MAX_VALUE_LENGTH` if its first line is a bare `{`.
 *
 * Text that is not an event becomes a problem in its place, and reading continues with the next; a broken array, or a broken
 * event that starts with a bare `{`, is one problem. Damaged or truncated gzip data is one last problem after the events
 * before it. An empty input yields nothing. Only errors of the stream itself reject.
 *
 * Yields events in chunks, as they arrive. The stream is destroyed when reading ends, early or not.
 */
export async function* readEvents(input: Readable, source: Source): AsyncGenerator<EventRead[]> {
  const text = new TextReader(input)
  try {
    let last: Pick<Place, 'unit' | 'line'> = { unit: 'line', line: 0 }
    for await (const reads of eventsOf(text, source)) {
      yield reads
      last = reads.at(-1) ?? last
    }
    if (text.gzipError) {
      yield [afterDamage(text.gzipError, last, source)]
    }
  } finally {
    text.close()
  }
}

async function* eventsOf(text: TextReader, source: Source): AsyncGenerator<EventRead[]> {
  const firstLine = await text.peekLine(SNIFF_LENGTH)
  // NDJSON starts with a whole object. This need not wait for more input.
  if (firstLine === undefined || !isObject(parseJson(firstLine).value)) {
    const head = await text.peek(SNIFF_LENGTH)
    const isDocument = startsDocument(head.text)
    const document = isDocument ? await text.peekWhole() : head.isWhole ? head.text : undefined
    const events = document === undefined ? undefined : readDocument(document, source)
    if (events) {
      yield events
      return
    }
    if (isDocument) {
      if (!text.gzipError) {
        yield [brokenDocument(document, source)]
      }
      return
    }
  }
  yield* readLines(text, source)
}

/** Whether the input can only be one JSON value over several lines, or an array: no event of NDJSON starts like this. */
function startsDocument(head: string): boolean {
  const start = head.trimStart()
  const [firstLine] = start.split('\n', 1)
  if (!start.startsWith('[')) {
    return firstLine.trim() === '{'
  }
  const hasMoreLines = start.trimEnd().length > firstLine.length
  return !(hasMoreLines && parseJson(firstLine).value !== undefined)
}

/** The events of a JSON array, or the one event that is written over several lines; `undefined` for any other text. */
function readDocument(text: string, source: Source): EventRead[] | undefined {
  const { value } = parseJson(text)
  if (Array.isArray(value)) {
    return value.map((item, index) => {
      const raw = onOneLine(item)
      return asEvent({ ...source, unit: 'item', line: index + 1, raw, bytes: raw.length }, item)
    })
  }
  if (value === undefined || !text.trim().includes('\n')) {
    return undefined
  }
  const raw = onOneLine(value)
  return [asEvent({ ...source, unit: 'line', line: lineAt(text, text.search(/\S/)), raw, bytes: raw.length }, value)]
}

async function* readLines(text: TextReader, source: Source): AsyncGenerator<EventRead[]> {
  for await (const lines of text.lines()) {
    const reads: EventRead[] = []
    for (const line of lines) {
      const read = line.text?.trim() === '' ? undefined : readLine(line, source)
      // A last line that the damage cut is reported with the damage. If it is whole, it is an event.
      if (read && !(text.gzipError && !line.hasEnd && 'problem' in read)) {
        reads.push(read)
      }
    }
    yield reads
  }
}

function readLine({ number, text, bytes }: Line, { file, input }: Source): EventRead {
  const place: Place = { file, input, unit: 'line', line: number, raw: text ?? '', bytes }
  if (text === undefined) {
    return { ...place, problem: `This line has more than ${MAX_VALUE_LENGTH} bytes. Write one event a line.` }
  }
  const { value } = parseJson(text)
  return value === undefined
    ? { ...place, problem: 'This line is not JSON. Write each event as one JSON object on one line.' }
    : asEvent(place, value)
}

function asEvent(place: Place, value: unknown): EventRead {
  if (!isObject(value)) {
    const kind = value === null ? 'null' : Array.isArray(value) ? 'an array' : `a ${typeof value}`
    return { ...place, problem: `This ${place.unit} holds ${kind}. Write each event as one JSON object.` }
  }
  if (!hasType(value)) {
    const problem = envelopeHint(value) ?? 'This event has no "type". Give it the type of its call, such as "track".'
    return { ...place, problem }
  }
  const { file, input, unit, line, raw, bytes } = place
  return { file, input, unit, line, raw, bytes, event: value }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** All that makes an event here. The mappings decide which types there are, and what else an event must hold. */
function hasType(value: object): value is SegmentEvent {
  return 'type' in value && typeof value.type === 'string' && value.type !== ''
}

function brokenDocument(text: string | undefined, source: Source): EventRead {
  const place = { ...source, unit: 'line', raw: '', bytes: 0 } as const
  if (text === undefined) {
    const problem = `This JSON has more than ${MAX_VALUE_LENGTH} bytes. Write one event a line instead.`
    return { ...place, line: 1, problem }
  }
  const line = lineAt(text, parseJson(text).position ?? 0)
  const problem = 'This is not one whole JSON value. Correct it, or write each event as one JSON object on one line.'
  return { ...place, line, problem }
}

function afterDamage(error: string, last: Pick<Place, 'unit' | 'line'>, source: Source): EventRead {
  const where = last.line === 0 ? `in the first ${last.unit}` : `after ${last.unit} ${last.line}`
  const problem = `The gzip data ${error} ${where}: nothing more can be read. Fetch the file again.`
  return { ...source, unit: last.unit, line: last.line + 1, raw: '', bytes: 0, problem }
}

/** @returns the value as JSON, or nothing if it is nested too deep to write */
export function onOneLine(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch {
    return '' // JSON.stringify recurses and runs out of stack before JSON.parse does.
  }
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length
}
