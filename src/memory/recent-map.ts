import { LRUCache } from 'lru-cache'

/** Which part of a list to return. */
export interface ListQuery<T> {
  order: 'oldest first' | 'newest first'
  limit: number
  /** The `next` of the page before. Default: the first page. */
  after?: number
  /** Only values with this text. */
  search?: string
  /** Only values for which this holds. */
  matches?: (value: T) => boolean
}

export interface Page<T> {
  items: T[]
  /** Continue here. Absent on the last page. */
  next?: number
  /** How many values match, on all pages. */
  matching: number
  /** How many values there are, whether or not they match. */
  total: number
  dropped: number
}

interface Options<T> {
  /** Approximate bytes of a value in memory, at least 1. Called at each `set`. */
  bytesOf?: (value: T) => number
  /** For all values together. The newest stays even if it alone exceeds them. */
  maxBytes?: number
  onEvict?: (value: T) => void
  /** The texts of a value that a search looks at. */
  textsOf?: (value: T) => Iterable<unknown>
  /** The place of a value in lists. It grows with each `set`. Default: counted here. */
  positionOf?: (value: T) => number
}

interface Entry<T> {
  value: T
  /** Grows with each `set`, so a cursor stays valid if other values move or are evicted. */
  position: number
}

/** The values that were set last, at most `limit` of them. Setting a key again makes its value the newest. */
export class RecentMap<T> {
  private readonly entries: LRUCache<string, Entry<T>>
  private additions = 0
  private evicted = 0

  constructor(
    private readonly limit: number,
    private readonly options: Options<T> = {}
  ) {
    const { bytesOf = () => 1 } = options
    this.entries = new LRUCache({
      // The limits are enforced by `set`: a cache with a `max` allocates all its memory at once, and one with a smaller
      // `maxSize` refuses a value that exceeds it.
      maxSize: Number.MAX_SAFE_INTEGER,
      sizeCalculation: ({ value }) => bytesOf(value)
    })
  }

  get size(): number {
    return this.entries.size
  }

  get bytes(): number {
    return this.entries.calculatedSize
  }

  /** How many values were evicted. */
  get dropped(): number {
    return this.evicted
  }

  /** A key that no value has, for values without one of their own. */
  get nextKey(): string {
    return String(this.additions)
  }

  get oldest(): T | undefined {
    return this.entries.rvalues().next().value?.value
  }

  get(key: string): T | undefined {
    return this.entries.peek(key)?.value
  }

  set(key: string, value: T): void {
    const { maxBytes = Infinity, positionOf = () => this.additions } = this.options
    this.additions++
    // The cache measures only a value that is new to it, so each one gets a new entry.
    this.entries.set(key, { value, position: positionOf(value) })
    while (this.size > this.limit || (this.bytes > maxBytes && this.size > 1)) {
      this.evictOldest()
    }
  }

  delete(key: string): void {
    this.entries.delete(key)
  }

  clear(): void {
    this.entries.clear()
    this.evicted = 0
  }

  evictOldest(): void {
    const entry = this.entries.pop()
    if (entry) {
      this.evicted++
      this.options.onEvict?.(entry.value)
    }
  }

  list({ order, limit, after, search = '', matches }: ListQuery<T>): Page<T> {
    const isOldestFirst = order === 'oldest first'
    const start = after ?? (isOldestFirst ? 0 : Infinity)
    const isAfter = ({ position }: Entry<T>) => (isOldestFirst ? position > start : position < start)
    const isFiltered = search.trim() !== '' || matches !== undefined
    const found: Entry<T>[] = []
    let matching = 0
    for (const entry of isOldestFirst ? this.entries.rvalues() : this.entries.values()) {
      if (entry && (matches?.(entry.value) ?? true) && this.hasText(entry.value, search)) {
        matching++
        // One more than asked for tells whether there is a next page.
        if (isAfter(entry) && found.length <= limit) {
          found.push(entry)
        }
      }
      if (!isFiltered && found.length > limit) {
        break
      }
    }
    const shown = found.slice(0, limit)
    const next = found.length > limit ? shown.at(-1)?.position : undefined
    return {
      items: shown.map(({ value }) => value),
      ...(next !== undefined && { next }),
      matching: isFiltered ? matching : this.size,
      total: this.size,
      dropped: this.dropped
    }
  }

  private hasText(value: T, search: string): boolean {
    return search === '' || matchesSearch(search, this.options.textsOf?.(value) ?? [])
  }
}

/** Whether one of the texts contains the search text, in any case. Spaces around that text don't count. */
export function matchesSearch(search: string | undefined, texts: Iterable<unknown>): boolean {
  const wanted = (search ?? '').trim().toLowerCase()
  return (
    wanted === '' || Array.from(texts).some((text) => typeof text === 'string' && text.toLowerCase().includes(wanted))
  )
}
