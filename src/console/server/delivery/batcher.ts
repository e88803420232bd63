/** Milliseconds that the first item of a batch waits for others. */
const MAX_WAIT = 1000

/** Segment's limit of a batch, in bytes of JSON. */
const MAX_BYTES = 4_000_000

/** Collects items until a batch is full, or its first item has waited for a second. */
export class Batcher<T> {
  private items: T[] = []
  private bytes = 0
  private timer: NodeJS.Timeout | undefined

  constructor(
    private readonly maxItems: number,
    private readonly sizeOf: (item: T) => number,
    private readonly send: (items: T[]) => void
  ) {}

  add(item: T): void {
    const size = this.sizeOf(item)
    if (this.items.length > 0 && this.bytes + size > MAX_BYTES) {
      this.flush()
    }
    this.items.push(item)
    this.bytes += size
    if (this.items.length >= this.maxItems) {
      this.flush()
    } else {
      this.timer ??= setTimeout(() => this.flush(), MAX_WAIT).unref()
    }
  }

  /** Waits no longer, and sends nothing. */
  close(): void {
    clearTimeout(this.timer)
  }

  private flush(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    const { items } = this
    this.items = []
    this.bytes = 0
    this.send(items)
  }
}
