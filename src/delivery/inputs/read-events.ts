import type { Readable } from 'node:stream'
import { brokenDocument, readDocument, startsDocument } from './documents'
import { asEvent, isObject } from './event-read'
import type { EventRead, Place, Source } from './event-read'
import { parseJson } from './parse-json'
import { MAX_VALUE_LENGTH, TextReader } from './text-reader'
import type { Line } from './text-reader'

export type { EventRead } from './event-read'

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
  }
  yield* readLines(text, source)
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

function readLine({ number, text, bytes, notUtf8, isExact }: Line, { file, input }: Source): EventRead {
  const place: Place = { file, input, unit: 'line', line: number, bytes }
  if (text === undefined) {
    const problem = `This line has more than ${MAX_VALUE_LENGTH} bytes. Write one event a line.`
    return { ...place, raw: '', problem }
  }
  const { value } = parseJson(text)
  return value === undefined
    ? {
        ...place,
        raw: notUtf8 ?? text,
        problem: 'This line is not JSON. Write each event as one JSON object on one line.'
      }
    : asEvent(place, value, notUtf8 ?? text, isExact)
}

function afterDamage(error: string, last: Pick<Place, 'unit' | 'line'>, source: Source): EventRead {
  const where = last.line === 0 ? `in the first ${last.unit}` : `after ${last.unit} ${last.line}`
  const problem = `The gzip data ${error} ${where}: nothing more can be read. Fetch the file again.`
  return { ...source, unit: last.unit, line: last.line + 1, raw: '', bytes: 0, problem }
}
