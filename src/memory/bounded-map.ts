import { sizeOf } from './size'

export interface Bounds {
  entries: number
  /** Approximate, in memory. */
  bytes: number
}

/** A map that drops its oldest entries to stay within bounds. Setting a key again does not move it. */
export class BoundedMap<Key, Value> {
  private readonly values = new Map<Key, Value>()
  private size = 0
  private droppedSoFar = 0

  constructor(
    private readonly bounds: Bounds,
    private readonly onDrop?: (key: Key) => void
  ) {}

  get bytes(): number {
    return this.size
  }

  get count(): number {
    return this.values.size
  }

  get dropped(): number {
    return this.droppedSoFar
  }

  has(key: Key): boolean {
    return this.values.has(key)
  }

  get(key: Key): Value | undefined {
    return this.values.get(key)
  }

  set(key: Key, value: Value): void {
    this.size += sizeOf(value) - (this.values.has(key) ? sizeOf(this.values.get(key)) : -sizeOf(key))
    this.values.set(key, value)
    while (this.isFull()) {
      this.dropOldest()
    }
  }

  [Symbol.iterator](): MapIterator<[Key, Value]> {
    return this.values.entries()
  }

  /** The newest entry stays even if it alone exceeds the bytes. Messages have their own limit. */
  private isFull(): boolean {
    const { entries, bytes } = this.bounds
    return this.count > entries || (this.size > bytes && this.count > 1)
  }

  private dropOldest(): void {
    const [[key, value]] = this.values
    this.values.delete(key)
    this.size -= sizeOf(key) + sizeOf(value)
    this.droppedSoFar++
    this.onDrop?.(key)
  }
}
