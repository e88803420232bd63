import { isGzip } from '../../formats/gzip'
import { ByteStream } from './byte-stream'
import { gunzip } from './gunzip'
import type { GzipError } from './gunzip'
import { factsOf, isMark, joinedLine, MARK_LENGTH, MAX_VALUE_LENGTH, toLine } from './line'
import type { Line } from './line'

/** Some tools pack what is packed already. There are files that unpack to themselves, so there is a limit. */
const MAX_GZIP_LAYERS = 2

const CHUNK = 64 * 1024
const LINE_FEED = 0x0a

/** A stream of bytes. `destroy` ends it, also while it waits for input. */
export interface ByteSource extends AsyncIterable<Buffer | string> {
  destroy(): unknown
}

/**
 * The text of a stream of bytes, read as it is asked for: UTF-8 or UTF-16, gzip or plain. A byte order mark is dropped at the
 * start of each line. Gzip is told by its first two bytes, because Segment's archives may have been unpacked on
 * the way under their old name. Joined gzip members are one text.
 *
 * Errors of the stream reject whatever is being read. Call `close` at the end.
 */
export class TextReader {
  /** What is wrong with the gzip data, known once the text is read to its end. */
  gzipError?: GzipError

  private readonly text: ByteStream

  constructor(private readonly input: ByteSource) {
    this.text = new ByteStream(withoutMark(this.decode(input)))
  }

  /** The text from its start: at least `length` bytes of it, or all of it if there are fewer. Takes nothing away. */
  async peek(length: number): Promise<{ bytes: Buffer; isWhole: boolean }> {
    const bytes = await this.text.peek(length)
    return { bytes, isWhole: bytes.length < length }
  }

  /** The whole text, or `undefined` if it has `MAX_VALUE_LENGTH` bytes or more. Takes nothing away. */
  async peekWhole(): Promise<Buffer | undefined> {
    const bytes = await this.text.peek(MAX_VALUE_LENGTH)
    return bytes.length < MAX_VALUE_LENGTH ? bytes : undefined
  }

  /** The first line that is not blank, if it has an end within so many bytes. Takes nothing away. */
  async peekLine(length: number): Promise<string | undefined> {
    for (let wanted = 1; ;) {
      const bytes = await this.text.peek(wanted)
      const start = bytes.findIndex((byte) => byte > 0x20)
      const end = start === -1 ? -1 : bytes.indexOf(LINE_FEED, start)
      if (end !== -1) {
        return bytes.toString('utf8', start, end)
      }
      if (bytes.length < wanted || bytes.length >= length) {
        return undefined
      }
      wanted = bytes.length + 1
    }
  }

  /**
   * The lines of the text, as many at once as arrive together. Not `node:readline`: it also splits at a bare CR, U+2028 and
   * U+2029, of which JSON allows the last two inside a string, and it holds a line however long it is.
   */
  async *lines(): AsyncGenerator<Line[]> {
    let number = 1
    let held: Buffer[] = []
    let heldLength = 0
    for (;;) {
      const chunk = await this.text.next(CHUNK)
      if (!chunk) {
        break
      }
      const lines: Line[] = []
      const known = factsOf(chunk.subarray(chunk.indexOf(LINE_FEED) + 1, chunk.lastIndexOf(LINE_FEED) + 1))
      let start = 0
      for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
        if (start > 0) {
          lines.push(toLine(number++, chunk, start, end, true, known))
        } else {
          const bytes = heldLength + end
          lines.push(joinedLine(number++, [...held, chunk.subarray(0, end)], bytes, true))
          held = []
          heldLength = 0
        }
        start = end + 1
      }
      heldLength += chunk.length - start
      held = heldLength > MAX_VALUE_LENGTH ? [] : [...held, chunk.subarray(start)]
      yield lines
    }
    if (heldLength > 0) {
      yield [joinedLine(number, held, heldLength, false)]
    }
  }

  /** Stops reading, wherever it stands, and destroys the stream. */
  close(): void {
    this.input.destroy()
    this.text.close()
  }

  private async *decode(input: ByteSource): AsyncGenerator<Buffer> {
    let bytes = new ByteStream(input)
    for (let layers = 0; layers < MAX_GZIP_LAYERS && isGzip(await bytes.peek(2)); layers++) {
      bytes = new ByteStream(this.gunzip(bytes))
    }
    yield* toUtf8(bytes)
  }

  private async *gunzip(bytes: ByteStream): AsyncGenerator<Buffer> {
    try {
      const error = yield* gunzip(bytes)
      this.gzipError ??= error
    } finally {
      bytes.close()
    }
  }
}

async function* toUtf8(bytes: ByteStream): AsyncGenerator<Buffer> {
  const encoding = utf16In(await bytes.peek(2))
  const decoder = encoding && new TextDecoder(encoding)
  for await (const chunk of bytes.rest(CHUNK)) {
    yield decoder ? Buffer.from(decoder.decode(chunk, { stream: true })) : chunk
  }
}

/** UTF-16 as Windows writes it: with a byte order mark, or at least with a `{` or `[` at its start. */
function utf16In([first, second]: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  const isBracket = (byte: number) => byte === 0x7b || byte === 0x5b
  if ((first === 0xff && second === 0xfe) || (isBracket(first) && second === 0)) {
    return 'utf-16le'
  }
  return (first === 0xfe && second === 0xff) || (first === 0 && isBracket(second)) ? 'utf-16be' : undefined
}

async function* withoutMark(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const bytes = new ByteStream(chunks)
  if (isMark(await bytes.peek(MARK_LENGTH), 0)) {
    bytes.skip(MARK_LENGTH)
  }
  yield* bytes.rest(CHUNK)
}
