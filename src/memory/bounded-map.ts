import { sizeOf } from './size'

interface Bounds {
  entries: number
  /** Approximate, in memory. The newest entry stays even if it alone exceeds them. */
  bytes: number
}

/**
 * A map that evicts its oldest entries to stay within bounds. Setting a key again does not move it. A record has several
 * of them, and an `LRUCache` takes 2 KB while it is empty.
 */
export class BoundedMap<Key, Value> extends Map<Key, Value> {
  /** Approximate, in memory. */
  bytes = 0
  /** How many entries were evicted. */
  dropped = 0

  constructor(
    private readonly bounds: Bounds,
    private readonly onEvict?: (key: Key) => void
  ) {
    super()
  }

  override set(key: Key, value: Value): this {
    this.bytes += sizeOf(value) - (this.has(key) ? sizeOf(this.get(key)) : -sizeOf(key))
    super.set(key, value)
    while (this.size > this.bounds.entries || (this.bytes > this.bounds.bytes && this.size > 1)) {
      const [oldest] = this.keys()
      this.delete(oldest)
      this.dropped++
      this.onEvict?.(oldest)
    }
    return this
  }

  override delete(key: Key): boolean {
    this.bytes -= this.has(key) ? sizeOf(key) + sizeOf(this.get(key)) : 0
    return super.delete(key)
  }
}
