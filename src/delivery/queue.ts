/** First in, first out, in amortized constant time. Keeps no reference to an item that was taken out. */
export class Queue<T> {
  private incoming: T[] = []
  private outgoing: T[] = []

  get length(): number {
    return this.incoming.length + this.outgoing.length
  }

  push(item: T): void {
    this.incoming.push(item)
  }

  shift(): T | undefined {
    if (this.outgoing.length === 0) {
      this.outgoing = this.incoming.reverse()
      this.incoming = []
    }
    return this.outgoing.pop()
  }

  /** The item that `shift` returns next. */
  peek(): T | undefined {
    return this.outgoing.at(-1) ?? this.incoming[0]
  }
}
