/** Bytes that are allocated at once. A longer text gets as many as it needs. */
const CHUNK = 1024 * 1024

interface Chunk {
  /** Undefined once it was given to newer texts. */
  memory: Buffer | undefined
  used: number
}

/**
 * Keeps the texts that were added last in a fixed number of bytes, and evicts the oldest. It reuses memory outside of V8's
 * heap: there, each of a stream of texts would have to be found and freed, which leaves gaps that nothing fills.
 */
export class TextRing {
  private readonly chunks: Chunk[] = []
  private readonly shared = new WeakMap<object, StoredText>()
  private allocated = 0
  /** Of the texts that were evicted last. */
  private spare: Buffer | undefined

  constructor(private readonly maxBytes: number) {}

  /** Bytes of memory, used or not. */
  get bytes(): number {
    return this.allocated + (this.spare?.length ?? 0)
  }

  /** A text stays even if it alone exceeds the bytes. */
  add(text: string): StoredText {
    const length = Buffer.byteLength(text)
    const { chunk, memory } = this.spaceFor(length)
    const start = chunk.used
    memory.write(text, start)
    chunk.used += length
    return new StoredText(chunk, start, length)
  }

  /** Adds the text of an object once, however often it is asked to. */
  addShared(owner: object, textOf: () => string): StoredText {
    const known = this.shared.get(owner)
    if (known?.isKept) {
      return known
    }
    const stored = this.add(textOf())
    this.shared.set(owner, stored)
    return stored
  }

  /** Frees the memory of texts that were added well before another one. Some of them stay. */
  dropBefore({ chunk: first }: StoredText): void {
    while (this.chunks.length > 0 && first.memory && this.chunks[0] !== first) {
      const memory = this.evictOldest()
      this.spare = memory?.length === CHUNK ? memory : this.spare
    }
  }

  private spaceFor(length: number): { chunk: Chunk; memory: Buffer } {
    const chunk = this.chunks.at(-1)
    if (chunk?.memory && chunk.used + length <= chunk.memory.length) {
      return { chunk, memory: chunk.memory }
    }
    const memory = this.allocate(Math.max(length, CHUNK))
    const added = { memory, used: 0 }
    this.chunks.push(added)
    return { chunk: added, memory }
  }

  private allocate(size: number): Buffer {
    let { spare } = this
    this.spare = undefined
    while (this.chunks.length > 0 && this.allocated + size > this.maxBytes) {
      spare = this.evictOldest()
    }
    this.allocated += size
    return spare?.length === size ? spare : Buffer.allocUnsafeSlow(size)
  }

  private evictOldest(): Buffer | undefined {
    const oldest = this.chunks.shift()
    const memory = oldest?.memory
    if (oldest && memory) {
      oldest.memory = undefined
      this.allocated -= memory.length
    }
    return memory
  }
}

/** A text in a `TextRing`. */
export class StoredText {
  constructor(
    readonly chunk: Chunk,
    private readonly start: number,
    /** Bytes as UTF-8. */
    readonly length: number
  ) {}

  /** Whether it was not evicted yet. */
  get isKept(): boolean {
    return this.chunk.memory !== undefined
  }

  /** @throws if it is not kept any more */
  read(): string {
    if (!this.chunk.memory) {
      throw new Error('This text was evicted.')
    }
    return this.chunk.memory.toString('utf8', this.start, this.start + this.length)
  }
}
