import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

/**
 * The most characters of one JSON value, a line or a whole document, that are held at once (128 Mi): far above any
 * event (Segment takes 32 KB) and well below V8's longest string.
 */
export const LONGEST_VALUE = 128 * 1024 * 1024

/** One line of the text, blank ones included. */
export interface Line {
  /** 1-based. */
  number: number
  /** Without its line end (LF or CRLF); `undefined` for a line of more than `LONGEST_VALUE` characters. */
  text: string | undefined
  /** Whether a line end followed: `false` can only be the last line, which damaged gzip data may have cut. */
  ended: boolean
}

/**
 * The text of a stream of bytes, gzip or plain, read as it is asked for. UTF-8; a byte order mark is dropped and bytes
 * that are not UTF-8 become U+FFFD. Gzip is told by its first two bytes, because Segment's archives may have been
 * unpacked on the way under their old name; joined gzip members are one text.
 *
 * Errors of the stream reject whatever is being read. `close` must be called in the end.
 */
export class TextReader {
  /** What was wrong with the gzip data, known once the text has been read to its end; the text before it was given. */
  damage: 'ends early' | 'is damaged' | undefined

  private readonly input: Readable
  private readonly chunks: AsyncGenerator<string>
  private peeked = ''

  constructor(input: Readable) {
    this.input = input
    this.chunks = this.decode(input)
  }

  /** The text from its start: at least `length` characters of it, or all of it if there are fewer. Takes nothing away. */
  async peek(length: number): Promise<string> {
    while (this.peeked.length < length) {
      const chunk = await this.chunks.next()
      if (chunk.done) {
        break
      }
      this.peeked += chunk.value
    }
    return this.peeked
  }

  /**
   * The lines of the text from its start. Not `node:readline`: it also splits at a bare CR, U+2028 and U+2029, of which
   * JSON allows the last two inside a string, and it holds a line however long it is.
   */
  async *lines(): AsyncGenerator<Line> {
    let number = 1
    let held: string | undefined = ''
    for await (const chunk of startingWith(this.peeked, this.chunks)) {
      const [first, ...others] = chunk.split('\n')
      held = held === undefined || held.length + first.length > LONGEST_VALUE ? undefined : held + first
      for (const other of others) {
        yield { number, text: withoutReturn(held), ended: true }
        number += 1
        held = other
      }
    }
    if (held !== '') {
      yield { number, text: withoutReturn(held), ended: false }
    }
  }

  /** Stops reading, wherever it stands, and destroys the stream. */
  async close(): Promise<void> {
    await this.chunks.return(undefined)
    this.input.destroy()
  }

  private async *decode(input: Readable): AsyncGenerator<string> {
    const decoder = new TextDecoder()
    for await (const bytes of this.unpack(piecesOf(input))) {
      yield decoder.decode(bytes, { stream: true })
    }
    yield decoder.decode()
  }

  private async *unpack(pieces: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
    const first = await pieces.next()
    if (first.done) {
      return
    }
    const all = startingWith(first.value, pieces)
    yield* first.value[0] === 0x1f && first.value[1] === 0x8b ? this.gunzip(all) : all
  }

  /**
   * Unpacks in lockstep, one piece in and its bytes out, because a zlib stream that fails throws away what it has ready.
   * What zlib was filling when it came upon the damage is lost all the same: `chunkSize` keeps that to 4 KiB (a quarter
   * of zlib's default, at half its speed: still far faster than events can be sent). Data that ends early loses nothing.
   */
  private async *gunzip(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    const unpacked: Buffer[] = []
    const gunzip = createGunzip({ chunkSize: 4 * 1024 }).on('data', (bytes: Buffer) => unpacked.push(bytes))
    // Runs one step and resolves to the error that it met, if any.
    const step = (run: (done: (error?: Error | null) => void) => void) =>
      new Promise<Error | null | undefined>((resolve) => {
        gunzip.removeAllListeners('error').once('error', resolve)
        run(resolve)
      })
    try {
      for await (const piece of pieces) {
        // zlib ends at zeros after the last member, which tapes and disks pad with.
        if (gunzip.readableEnded) {
          break
        }
        const error = await step((done) => gunzip.write(piece, done))
        yield Buffer.concat(unpacked.splice(0))
        if (error) {
          this.damage = 'is damaged'
          return
        }
      }
      if (!gunzip.readableEnded && (await step((done) => gunzip.once('end', done).end()))) {
        this.damage = 'ends early'
      }
    } finally {
      gunzip.destroy()
    }
  }
}

/**
 * The stream in pieces of at most 16 KiB, so that neither a huge chunk nor what it unpacks to is held whole, and the
 * first of at least the two bytes that tell gzip. A chunk of text counts as UTF-8.
 */
async function* piecesOf(input: Readable): AsyncGenerator<Buffer> {
  const chunks: AsyncIterable<Buffer | string> = input
  const longest = 16 * 1024
  let held = Buffer.alloc(0)
  for await (const chunk of chunks) {
    held = Buffer.concat([held, Buffer.from(chunk)])
    if (held.length < 2) {
      continue
    }
    for (let start = 0; start < held.length; start += longest) {
      yield held.subarray(start, start + longest)
    }
    held = Buffer.alloc(0)
  }
  if (held.length > 0) {
    yield held
  }
}

async function* startingWith<T>(first: T, others: AsyncIterable<T>): AsyncGenerator<T> {
  yield first
  yield* others
}

function withoutReturn(line: string | undefined): string | undefined {
  return line?.endsWith('\r') ? line.slice(0, -1) : line
}
