import type { ServerResponse } from 'node:http'
import type { LiveHello, LiveUpdate, MessageSummary, Topic } from './api'

/** Milliseconds between two updates: 4 per second. */
const INTERVAL = 250

/** Milliseconds between two comments that keep an idle connection open. */
const HEARTBEAT = 15_000

/** Messages in one update at most. */
const MAX_MESSAGES = 100

/** Updates that a client can catch up with: half a minute. */
const MAX_UPDATES = 120

/** Bytes that may wait for a slow client before it is disconnected. It comes back and fetches everything again. */
const MAX_BACKLOG = 1024 * 1024

interface PastUpdate {
  messageIds: string[]
  topics: Topic[]
}

interface LiveFeedOptions {
  run: string
  /** The message's summary, unless it was dropped. */
  summaryOf: (id: string) => MessageSummary | undefined
}

/** Tells every open page what has changed: collects changes and sends them a few times per second. */
export class LiveFeed {
  private readonly clients = new Set<ServerResponse>()
  private readonly messageIds = new Set<string>()
  private readonly topics = new Set<Topic>()
  private readonly past: PastUpdate[] = []
  private lastUpdate = 0
  private readonly timers: NodeJS.Timeout[]

  constructor(private readonly options: LiveFeedOptions) {
    this.timers = [setInterval(() => this.sendUpdate(), INTERVAL), setInterval(() => this.sendHeartbeat(), HEARTBEAT)]
    this.timers.forEach((timer) => timer.unref())
  }

  messageChanged(id: string): void {
    // The last change counts: the newest messages are sent.
    this.messageIds.delete(id)
    this.messageIds.add(id)
  }

  changed(...topics: Topic[]): void {
    topics.forEach((topic) => this.topics.add(topic))
  }

  /** Adds a client: a response whose head is not sent yet. `lastEventId` is what the client saw last, if it comes back. */
  connect(response: ServerResponse, lastEventId: string | undefined): void {
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no'
    })
    const missed = this.missedSince(lastEventId)
    const hello: LiveHello = { run: this.options.run, isFresh: missed !== undefined }
    response.write(`retry: 1000\nevent: hello\ndata: ${JSON.stringify(hello)}\n\n`)
    if (missed && (missed.messageIds.length > 0 || missed.topics.length > 0)) {
      response.write(this.format(missed))
    }
    this.clients.add(response)
    response.once('close', () => this.clients.delete(response))
  }

  /** Ends every stream. */
  close(): void {
    this.timers.forEach((timer) => clearInterval(timer))
    this.clients.forEach((client) => client.end())
  }

  private sendUpdate(): void {
    if (this.messageIds.size === 0 && this.topics.size === 0) {
      return
    }
    const update: PastUpdate = { messageIds: [...this.messageIds], topics: [...this.topics] }
    this.messageIds.clear()
    this.topics.clear()
    this.lastUpdate++
    this.past.push(update)
    if (this.past.length > MAX_UPDATES) {
      this.past.shift()
    }
    if (this.clients.size > 0) {
      this.send(this.format(update))
    }
  }

  private sendHeartbeat(): void {
    this.send(': still here\n\n')
  }

  private send(text: string): void {
    for (const client of this.clients) {
      if (client.writableLength > MAX_BACKLOG) {
        client.destroy()
      } else {
        client.write(text)
      }
    }
  }

  /** Everything since an update, as one. Undefined if that is not known any more, or was another run. */
  private missedSince(lastEventId: string | undefined): PastUpdate | undefined {
    const [run, number] = lastEventId?.split(':') ?? []
    const count = this.lastUpdate - Number(number)
    if (run !== this.options.run || !(count >= 0 && count <= this.past.length)) {
      return undefined
    }
    const missed = count === 0 ? [] : this.past.slice(-count)
    return {
      messageIds: [...new Set(missed.flatMap(({ messageIds }) => messageIds))],
      topics: [...new Set(missed.flatMap(({ topics }) => topics))]
    }
  }

  private format({ messageIds, topics }: PastUpdate): string {
    const update: LiveUpdate = {
      messages: messageIds.slice(-MAX_MESSAGES).flatMap((id) => this.options.summaryOf(id) ?? []),
      omitted: Math.max(0, messageIds.length - MAX_MESSAGES),
      changed: topics
    }
    return `id: ${this.options.run}:${this.lastUpdate}\nevent: update\ndata: ${JSON.stringify(update)}\n\n`
  }
}
