/**
 * A set of at most `limit` values: the ones added last. Adding a value again makes it the newest; what has to make room
 * is counted. Iterates from the oldest to the newest.
 */
export class RecentSet<T> {
  private readonly values = new Set<T>()
  private droppedSoFar = 0

  constructor(private readonly limit: number) {}

  /** How many values had to make room so far. */
  get dropped(): number {
    return this.droppedSoFar
  }

  /** Adds a value and returns the ones that it pushed out: none or one. */
  add(value: T): T[] {
    this.values.delete(value)
    this.values.add(value)
    if (this.values.size <= this.limit) {
      return []
    }
    const [oldest] = this.values
    this.values.delete(oldest)
    this.droppedSoFar++
    return [oldest]
  }

  has(value: T): boolean {
    return this.values.has(value)
  }

  delete(value: T): void {
    this.values.delete(value)
  }

  [Symbol.iterator](): Iterator<T> {
    return this.values[Symbol.iterator]()
  }
}
