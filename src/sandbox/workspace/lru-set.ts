/** Which part of a list to return. */
export interface ListQuery<T> {
  order: 'oldest first' | 'newest first'
  limit: number
  /** The `next` of the page before. Default: the first page. */
  after?: number
  /** Only items that contain this text, in any case. */
  search?: string
  /** Only items for which this holds. */
  matches?: (item: T) => boolean
}

export interface Page<T> {
  items: T[]
  /** Continue here. Absent on the last page. */
  next?: number
  /** How many items there are, whether or not they match. */
  total: number
  dropped: number
}

interface Options<T> {
  /** Approximate bytes of a value in memory. Called at each `add`. */
  bytesOf?: (value: T) => number
  onDrop?: (value: T) => void
  /** The texts of a value that a search looks at. */
  textsOf?: (value: T) => Iterable<unknown>
}

interface Entry<T> {
  readonly value: T
  bytes: number
  /** Grows with each `add`, so a cursor stays valid if other values move or are dropped. */
  position: number
  older?: Entry<T>
  newer?: Entry<T>
}

/**
 * The last `limit` values. Adding a value again makes it the newest.
 *
 * It is a linked list, because a `Set` skips each deleted value again and again to find its first one.
 */
export class LruSet<T> {
  private readonly entries = new Map<T, Entry<T>>()
  private oldest?: Entry<T>
  private newest?: Entry<T>
  private additions = 0
  private totalBytes = 0
  private droppedSoFar = 0

  constructor(
    private readonly limit: number,
    private readonly options: Options<T> = {}
  ) {}

  get size(): number {
    return this.entries.size
  }

  get bytes(): number {
    return this.totalBytes
  }

  get dropped(): number {
    return this.droppedSoFar
  }

  has(value: T): boolean {
    return this.entries.has(value)
  }

  add(value: T): void {
    const { bytesOf = () => 0 } = this.options
    const entry = this.entries.get(value) ?? { value, bytes: 0, position: 0 }
    const bytes = bytesOf(value)
    this.totalBytes += bytes - entry.bytes
    entry.bytes = bytes
    entry.position = ++this.additions
    if (entry !== this.newest) {
      this.unlink(entry)
      this.append(entry)
      this.entries.set(value, entry)
    }
    if (this.size > this.limit) {
      this.dropOldest()
    }
  }

  delete(value: T): void {
    const entry = this.entries.get(value)
    if (entry) {
      this.unlink(entry)
      this.entries.delete(value)
      this.totalBytes -= entry.bytes
    }
  }

  dropOldest(): void {
    if (this.oldest) {
      const { value } = this.oldest
      this.delete(value)
      this.droppedSoFar++
      this.options.onDrop?.(value)
    }
  }

  list({ order, limit, after, search = '', matches = () => true }: ListQuery<T>): Page<T> {
    const found: Entry<T>[] = []
    const wanted = search.toLowerCase()
    const [start, step] =
      order === 'oldest first' ? ([this.oldest, 'newer'] as const) : ([this.newest, 'older'] as const)
    // One more than asked for tells whether there is a next page.
    for (let entry = start; entry && found.length <= limit; entry = entry[step]) {
      if (isAfter(entry.position, after, order) && matches(entry.value) && this.hasText(entry.value, wanted)) {
        found.push(entry)
      }
    }
    const shown = found.slice(0, limit)
    const next = found.length > limit ? shown.at(-1)?.position : undefined
    return {
      items: shown.map(({ value }) => value),
      ...(next !== undefined && { next }),
      total: this.size,
      dropped: this.dropped
    }
  }

  private hasText(value: T, wanted: string): boolean {
    const texts = wanted === '' ? [''] : (this.options.textsOf?.(value) ?? [])
    return Array.from(texts).some((text) => typeof text === 'string' && text.toLowerCase().includes(wanted))
  }

  private append(entry: Entry<T>): void {
    entry.older = this.newest
    if (this.newest) {
      this.newest.newer = entry
    }
    this.newest = entry
    this.oldest ??= entry
  }

  private unlink(entry: Entry<T>): void {
    const { older, newer } = entry
    if (older) {
      older.newer = newer
    }
    if (newer) {
      newer.older = older
    }
    this.oldest = this.oldest === entry ? newer : this.oldest
    this.newest = this.newest === entry ? older : this.newest
    entry.older = entry.newer = undefined
  }
}

function isAfter(position: number, after: number | undefined, order: ListQuery<unknown>['order']): boolean {
  return after === undefined || (order === 'oldest first' ? position > after : position < after)
}
