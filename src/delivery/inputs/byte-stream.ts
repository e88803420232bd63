/** Chunks of bytes, read as they are asked for, of which some can be given back. */
export class ByteStream {
  private readonly chunks: AsyncIterator<Buffer | string>
  private ahead: Buffer = Buffer.alloc(0)
  private hasEnded = false

  /** @param input its chunks; text counts as UTF-8 */
  constructor(input: AsyncIterable<Buffer | string>) {
    this.chunks = input[Symbol.asyncIterator]()
  }

  /** The next chunk, of at most `size` bytes; `undefined` at the end. */
  async next(size: number): Promise<Buffer | undefined> {
    const bytes = await this.peek(1)
    if (bytes.length === 0) {
      return undefined
    }
    this.ahead = bytes.subarray(size)
    return bytes.subarray(0, size)
  }

  /** The rest in chunks of at most `size` bytes. Closes the stream at the end, early or not. */
  async *rest(size: number): AsyncGenerator<Buffer> {
    try {
      for (let chunk = await this.next(size); chunk; chunk = await this.next(size)) {
        yield chunk
      }
    } finally {
      this.close()
    }
  }

  /** Ends the source, without waiting for input that it waits for. */
  close(): void {
    void this.chunks.return?.().catch(() => undefined)
  }

  /** At least the next `length` bytes, or all bytes if there are fewer. Takes nothing away. */
  async peek(length: number): Promise<Buffer> {
    const chunks = [this.ahead]
    for (let held = this.ahead.length; held < length && !this.hasEnded; held += chunks[chunks.length - 1].length) {
      const next = await this.chunks.next()
      this.hasEnded = next.done === true
      chunks.push(next.done ? Buffer.alloc(0) : toBuffer(next.value))
    }
    if (chunks.length > 1) {
      this.ahead = this.ahead.length === 0 && chunks.length === 2 ? chunks[1] : Buffer.concat(chunks)
    }
    return this.ahead
  }

  /** Takes away the next `length` bytes, which were peeked at before. */
  skip(length: number): void {
    this.ahead = this.ahead.subarray(length)
  }

  /** Gives bytes back, to be read again. */
  unread(bytes: Buffer): void {
    this.ahead = this.ahead.length === 0 ? bytes : Buffer.concat([bytes, this.ahead])
  }
}

function toBuffer(chunk: Buffer | string): Buffer {
  return typeof chunk === 'string' ? Buffer.from(chunk) : chunk
}
