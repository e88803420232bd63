import { isJsonObject } from '../../formats/json'
import { brokenDocument, joinedIn, readDocument, startsDocument, startsJoined } from './documents'
import { asEvent } from './event-read'
import type { EventRead, Place, Source } from './event-read'
import { foreignKind } from './file-kind'
import { parseJson } from './parse-json'
import { MAX_VALUE_LENGTH } from './line'
import { TextReader } from './text-reader'
import type { ByteSource } from './text-reader'
import type { Line } from './line'

export type { EventRead } from './event-read'

/** Bytes of the input that tell its form. */
const SNIFF_LENGTH = 1024 * 1024

/**
 * Reads Segment events from a stream of bytes (as `TextReader` reads it) in any of four forms:
 *
 * - NDJSON, one event a line: any size, read with flat memory; blank lines are skipped.
 * - One JSON array of events, if the input starts with `[` (unless more follows a first line that is JSON by itself). It is
 *   held in memory whole, so it may have `MAX_VALUE_LENGTH` bytes at most.
 * - JSON objects without a separator, if its first line has several. Each is an item, also on further lines.
 * - One event over several lines: up to 1 MiB, or `MAX_VALUE_LENGTH` if its first line is a bare `{`.
 *
 * Text that is not an event becomes a problem in its place, and reading continues with the next; a broken array, or a broken
 * event that starts with a bare `{`, is one problem. Damaged or truncated gzip data is one last problem after the events
 * before it. A file of another kind is one problem. An empty input yields nothing. Only errors of the stream itself reject.
 *
 * Yields events in chunks, as they arrive. The stream is destroyed when reading ends, early or not.
 */
export async function* readEvents(input: ByteSource, source: Source): AsyncGenerator<EventRead[]> {
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
  let unit: Place['unit'] = 'line'
  const firstLine = await text.peekLine(SNIFF_LENGTH)
  // NDJSON starts with a whole object. This need not wait for more input.
  if (firstLine === undefined || !isJsonObject(parseJson(firstLine).value)) {
    const head = await text.peek(SNIFF_LENGTH)
    const problem = foreignKind(head.bytes)
    if (problem !== undefined) {
      yield [{ ...source, unit: 'line', line: 1, raw: '', bytes: 0, problem }]
      return
    }
    const isDocument = startsDocument(head.bytes.toString())
    const document = isDocument ? await text.peekWhole() : head.isWhole ? head.bytes : undefined
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
    unit = startsJoined(head.bytes.toString()) ? 'item' : 'line'
  }
  yield* readLines(text, source, unit)
}

async function* readLines(text: TextReader, source: Source, unit: Place['unit']): AsyncGenerator<EventRead[]> {
  let items = 0
  for await (const lines of text.lines()) {
    const reads: EventRead[] = []
    for (const line of lines) {
      const parts = line.text?.trim() === '' ? [] : unit === 'line' ? [line] : itemsIn(line, items)
      items += parts.length
      for (const part of parts) {
        const read = readPart(part, source, unit)
        // A last line that the damage cut is reported with the damage. If it is whole, it is an event.
        if (!(text.gzipError && !line.hasEnd && 'problem' in read)) {
          reads.push(read)
        }
      }
    }
    yield reads
  }
}

function itemsIn(line: Line, before: number): Line[] {
  const { text, notUtf8 } = line
  return (text === undefined ? [undefined] : joinedIn(notUtf8 ?? text)).map((raw, index) => ({
    ...line,
    number: before + index + 1,
    text: raw?.toString(),
    notUtf8: typeof raw === 'string' ? undefined : raw,
    bytes: raw?.length ?? 0
  }))
}

function readPart({ number, text, bytes, notUtf8, isExact }: Line, source: Source, unit: Place['unit']): EventRead {
  const { file, input } = source
  const place: Place = { file, input, unit, line: number, bytes }
  if (text === undefined) {
    const problem = `This line has more than ${MAX_VALUE_LENGTH} bytes. Write one event a line.`
    return { ...place, raw: '', problem }
  }
  const { value } = parseJson(text)
  if (value !== undefined) {
    return asEvent(place, value, notUtf8 ?? text, isExact)
  }
  const problem = startsJoined(text)
    ? `This ${unit} holds several JSON objects. Write each on a line of its own, for example with jq -c .`
    : `This ${unit} is not JSON. Write each event as one JSON object on one line.`
  return { ...place, raw: notUtf8 ?? text, problem }
}

function afterDamage(error: string, last: Pick<Place, 'unit' | 'line'>, source: Source): EventRead {
  const where = last.line === 0 ? `in the first ${last.unit}` : `after ${last.unit} ${last.line}`
  const problem = `The gzip data ${error} ${where}: nothing more can be read. Fetch the file again.`
  return { ...source, unit: last.unit, line: last.line + 1, raw: '', bytes: 0, problem }
}
