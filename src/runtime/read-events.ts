import type { Readable } from 'node:stream'
import type { SegmentEvent } from '@segment/actions-core'
import { parseJson } from './parse-json'
import { LONGEST_VALUE, TextReader } from './text-reader'
import type { Line } from './text-reader'

/** Where a read stands in the input, and what stood there. */
interface Place {
  /** What `line` counts: lines of the input, or the items of a JSON array. */
  unit: 'line' | 'item'
  /** 1-based. Blank lines count; an event written over several lines stands where it begins. */
  line: number
  /**
   * The text as it stood in the input, without its line end. For an item of an array, or an event written over several
   * lines: its JSON on one line. Empty where there is no text to give back on one line: a document that is broken, too
   * long or nested thousands deep, or what is lost.
   */
  raw: string
}

/** One event, or what stood in its place: `problem` is a sentence for the user and never quotes the input. */
export type EventRead = Place & ({ event: SegmentEvent } | { problem: string })

/** How much of the input is looked at to tell its form, in characters. */
const HEAD = 1024 * 1024

/**
 * Reads Segment events from a stream of bytes (UTF-8, plain or gzip, as `TextReader` reads it) in any of three forms:
 *
 * - NDJSON, one event a line: any size, read with flat memory; blank lines are skipped.
 * - One JSON array of events, where the input starts with `[` (unless more follows a first line that is JSON by itself). It is
 *   held in memory whole, so it may have `LONGEST_VALUE` characters at most.
 * - One event over several lines: up to 1 MiB, or `LONGEST_VALUE` where its first line is a bare `{`.
 *
 * What cannot be read as an event comes as a problem in its place, and reading goes on with the next; a broken array,
 * or a broken event that starts with a bare `{`, is one problem. Damaged or truncated gzip data is one last problem
 * after the events before it. An empty input yields nothing. Only errors of the stream itself reject.
 *
 * Nothing is read until the first `next()`, and the first event comes once 1 MiB or the end has been read. The stream is
 * destroyed when reading ends, early or not.
 */
export async function* readEvents(input: Readable): AsyncGenerator<EventRead> {
  const text = new TextReader(input)
  try {
    let last: Place = { unit: 'line', line: 0, raw: '' }
    for await (const read of eventsOf(text)) {
      yield read
      last = read
    }
    if (text.damage) {
      yield afterDamage(text.damage, last)
    }
  } finally {
    await text.close()
  }
}

async function* eventsOf(text: TextReader): AsyncGenerator<EventRead> {
  const head = await text.peek(HEAD)
  if (startsDocument(head)) {
    const document = await text.peek(LONGEST_VALUE)
    const events = readDocument(document)
    if (events) {
      yield* events
    } else if (!text.damage) {
      yield brokenDocument(document)
    }
    return
  }
  const events = head.length < HEAD ? readDocument(head) : undefined
  yield* events ?? readLines(text)
}

/** Whether the input can only be one JSON value over several lines, or an array: no event of NDJSON starts like this. */
function startsDocument(head: string): boolean {
  const start = head.trimStart()
  const [firstLine] = start.split('\n', 1)
  if (!start.startsWith('[')) {
    return firstLine.trim() === '{'
  }
  const isWholeLine = start.trimEnd().length > firstLine.length
  return !(isWholeLine && parseJson(firstLine).value !== undefined)
}

/** The events of a JSON array, or the one event that is written over several lines; `undefined` for any other text. */
function readDocument(text: string): Iterable<EventRead> | undefined {
  const { value } = text.length < LONGEST_VALUE ? parseJson(text) : {}
  if (Array.isArray(value)) {
    return readItems(value)
  }
  if (value === undefined || !text.trim().includes('\n')) {
    return undefined
  }
  return [asEvent({ unit: 'line', line: lineAt(text, text.search(/\S/)), raw: onOneLine(value) }, value)]
}

function* readItems(items: unknown[]): Generator<EventRead> {
  for (const [index, item] of items.entries()) {
    yield asEvent({ unit: 'item', line: index + 1, raw: onOneLine(item) }, item)
  }
}

async function* readLines(text: TextReader): AsyncGenerator<EventRead> {
  for await (const line of text.lines()) {
    if (line.text?.trim() === '') {
      continue
    }
    const read = readLine(line)
    // A last line that the damage cut is reported with the damage; one that is whole is an event all the same.
    if (text.damage && !line.ended && 'problem' in read) {
      return
    }
    yield read
  }
}

function readLine({ number, text }: Line): EventRead {
  const place: Place = { unit: 'line', line: number, raw: text ?? '' }
  if (text === undefined) {
    return { ...place, problem: `This line has more than ${LONGEST_VALUE} characters. Write one event a line.` }
  }
  const { value, position } = parseJson(text)
  if (value !== undefined) {
    return asEvent(place, value)
  }
  const where = position === undefined ? '' : `: it breaks at character ${position + 1}`
  return { ...place, problem: `This line is not JSON${where}. Write each event as one JSON object on one line.` }
}

function asEvent(place: Place, value: unknown): EventRead {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const kind = value === null ? 'null' : Array.isArray(value) ? 'an array' : `a ${typeof value}`
    return { ...place, problem: `This ${place.unit} holds ${kind}. Write each event as one JSON object.` }
  }
  if (!hasType(value)) {
    return { ...place, problem: 'This event has no "type". Give it the type of its call, such as "track".' }
  }
  return { ...place, event: value }
}

/** All that makes an event here: which types there are, and what else it must hold, is for the mappings to say. */
function hasType(value: object): value is SegmentEvent {
  return 'type' in value && typeof value.type === 'string' && value.type !== ''
}

function brokenDocument(text: string): EventRead {
  if (text.length >= LONGEST_VALUE) {
    const problem = `This JSON has more than ${LONGEST_VALUE} characters. Write one event a line instead.`
    return { unit: 'line', line: 1, raw: '', problem }
  }
  const line = lineAt(text, parseJson(text).position ?? 0)
  const problem = 'This is not one whole JSON value. Correct it, or write each event as one JSON object on one line.'
  return { unit: 'line', line, raw: '', problem }
}

function afterDamage(damage: string, last: Place): EventRead {
  const where = last.line === 0 ? `in the first ${last.unit}` : `after ${last.unit} ${last.line}`
  const problem = `The gzip data ${damage} ${where}: nothing more can be read. Fetch the file again.`
  return { unit: last.unit, line: last.line + 1, raw: '', problem }
}

function onOneLine(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch {
    return '' // JSON.stringify recurses and runs out of stack where JSON.parse does not.
  }
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length
}
