import { isAscii, isUtf8 } from 'node:buffer'
import { mayBeInexact } from './exact-numbers'

/**
 * The most bytes of one JSON value, a line or a whole document, that are held at once (128 Mi): far above any event
 * (Segment accepts 32 KB) and well below V8's longest string.
 */
export const MAX_VALUE_LENGTH = 128 * 1024 * 1024

export const MARK_LENGTH = 3
const RETURN = 0x0d

/** One line of the text, blank ones included. */
export interface Line {
  /** 1-based. */
  number: number
  /** Without its line end (LF or CRLF); `undefined` if the line has more than `MAX_VALUE_LENGTH` bytes. */
  text: string | undefined
  /** Its bytes without its line end, if they are not UTF-8. The text has U+FFFD for some of them. */
  notUtf8?: Buffer
  /** Whether it is known that JavaScript can hold all of its numbers. */
  isExact?: boolean
  /** Bytes of the line. */
  bytes: number
  /** Whether a line end followed: `false` can only be the last line, which damaged gzip data may have cut. */
  hasEnd: boolean
}

export function joinedLine(number: number, parts: Buffer[], length: number, hasEnd: boolean): Line {
  return length > MAX_VALUE_LENGTH
    ? { number, text: undefined, bytes: length, hasEnd }
    : toLine(number, Buffer.concat(parts, length), 0, length, hasEnd)
}

/** @param known of the chunk */
export function toLine(
  number: number,
  chunk: Buffer,
  start: number,
  lineEnd: number,
  hasEnd: boolean,
  known?: ReturnType<typeof factsOf>
): Line {
  while (isMark(chunk, start)) {
    start += MARK_LENGTH
  }
  const end = lineEnd - (lineEnd > start && chunk[lineEnd - 1] === RETURN ? 1 : 0)
  const text = chunk.toString(known?.isAscii ? 'latin1' : 'utf8', start, end)
  const line: Line = { number, text, isExact: known?.isExact === true, bytes: end - start, hasEnd }
  if (!known?.isUtf8 && !isUtf8(chunk.subarray(start, end))) {
    // A copy: a part of a chunk keeps the whole chunk in memory.
    line.notUtf8 = Buffer.from(chunk.subarray(start, end))
  }
  return line
}

/** What is known of all lines of a chunk at once, because that costs less than line by line. */
export function factsOf(lines: Buffer) {
  return { isAscii: isAscii(lines), isUtf8: isUtf8(lines), isExact: !mayBeInexact(lines) }
}

/** A byte order mark: joined files have them in the middle. */
export function isMark(bytes: Buffer, at: number): boolean {
  return bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf
}
