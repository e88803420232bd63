import { randomBytes } from 'node:crypto'
import type { Instant, Source } from './api'
import { found } from './request-error'

interface SourceRecord {
  readonly id: string
  name: string
  readonly writeKey: string
  readonly createdAt: Instant
  received: number
  dropped: number
  lastReceivedAt?: Instant
}

/** The sources of the workspace, each with a write key. */
export class Sources {
  private readonly byId = new Map<string, SourceRecord>()
  private readonly byWriteKey = new Map<string, SourceRecord>()
  private count = 0

  add(name: string, writeKey = randomBytes(24).toString('base64url')): SourceRecord {
    this.count++
    const source = {
      id: `source-${this.count}`,
      name,
      writeKey,
      createdAt: new Date().toISOString(),
      received: 0,
      dropped: 0
    }
    this.byId.set(source.id, source)
    this.byWriteKey.set(writeKey, source)
    return source
  }

  withWriteKey(writeKey: string): { id: string } | undefined {
    return this.byWriteKey.get(writeKey)
  }

  /** Counts a message of a source that may have been deleted since. */
  countMessage(id: string | undefined, { receivedAt, isDropped }: { receivedAt: Instant; isDropped: boolean }): void {
    const source = id === undefined ? undefined : this.byId.get(id)
    if (source) {
      source.received++
      source.dropped += isDropped ? 1 : 0
      source.lastReceivedAt = receivedAt
    }
  }

  find(id: string | undefined): SourceRecord | undefined {
    return id === undefined ? undefined : this.byId.get(id)
  }

  /** @throws RequestError (404) if there is no such source */
  get(id: string): SourceRecord {
    return found(this.byId.get(id), 'source')
  }

  rename(id: string, name: string): SourceRecord {
    const source = this.get(id)
    source.name = name
    return source
  }

  remove(id: string): void {
    const source = this.get(id)
    this.byId.delete(id)
    this.byWriteKey.delete(source.writeKey)
  }

  all(): SourceRecord[] {
    return [...this.byId.values()]
  }
}

export function sourceView(source: SourceRecord, destinationIds: string[]): Source {
  return { ...source, destinationIds }
}
