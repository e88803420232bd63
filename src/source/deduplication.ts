import { hash } from 'node:crypto'

/** Remembers the messages received last, at most `limit` of them. */
export class Deduplication {
  private readonly seen = new Set<string>()
  /** Goes on where it was: a new iterator would pass every deleted ID again, which takes most of the time. */
  private readonly oldestFirst = this.seen.values()

  constructor(private readonly limit: number) {}

  /** Whether the source has sent this message before. Remembers it if not. */
  isDuplicate(sourceId: string, messageId: string): boolean {
    // A digest, because an ID can be as long as a message. V8 copies 12 characters; more would hold on to all 32.
    const digest = hash('sha256', `${sourceId}\n${messageId}`, 'binary').slice(0, 12)
    if (this.seen.has(digest)) {
      return true
    }
    this.seen.add(digest)
    if (this.seen.size > this.limit) {
      this.seen.delete(this.oldestFirst.next().value as string)
    }
    return false
  }
}
