import fastify from 'fastify'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { listenOnLoopback } from '../../src/loopback/listen'

export interface ReceiverOptions {
  /** Milliseconds before each response. */
  latency?: number
  /** Requests per second that are accepted; the others get 429 with `Retry-After`. */
  rate?: number
  /** Each request of this number gets 503. */
  failEvery?: number
}

/** What arrived since the receiver was restarted. */
export interface Received {
  /** Accepted messages, and their different ids. */
  messages: number
  ids: Set<string>
  /** Seconds until the first one. */
  first?: number
  /** Per second: accepted messages and rejected requests. */
  seconds: { accepted: number; rejected: number }[]
}

/** The least server that accepts Astrolabe's messages, and counts them. */
export class Receiver {
  readonly app: FastifyInstance = fastify({ bodyLimit: 8 * 1024 * 1024, forceCloseConnections: true })
  private options: ReceiverOptions = {}
  private received: Received = { messages: 0, ids: new Set(), seconds: [] }
  private startedAt = 0
  private requests = 0

  constructor() {
    this.app.post<{ Body: Message }>('/v1/events', ({ body }, reply) => this.respond([body], {}, reply))
    this.app.post<{ Body: { batch: Message[] } }>('/v1/batch', ({ body: { batch } }, reply) =>
      this.respond(batch, { results: batch.map(() => ({ status: 200 })) }, reply)
    )
  }

  /** Returns the base URL of the ingest API. */
  async listen(): Promise<string> {
    return `${await listenOnLoopback(this.app, 0)}/v1`
  }

  /** Starts to count anew, with other options. Returns what arrived until now. */
  restart(options: ReceiverOptions = {}): Received {
    const { received } = this
    this.options = options
    this.received = { messages: 0, ids: new Set(), seconds: [] }
    this.startedAt = performance.now()
    return received
  }

  private async respond(messages: Message[], body: object, reply: FastifyReply): Promise<object> {
    const { latency = 0, rate = Infinity, failEvery = Infinity } = this.options
    const { ids, seconds } = this.received
    const second = Math.floor((performance.now() - this.startedAt) / 1000)
    while (seconds.length <= second) {
      seconds.push({ accepted: 0, rejected: 0 })
    }
    const counts = seconds[second]
    if (counts.accepted + messages.length > rate) {
      counts.rejected++
      return reply.code(429).header('retry-after', '1').send({ message: 'Too many requests' })
    }
    if (++this.requests % failEvery === 0) {
      return reply.code(503).send({ message: 'Unavailable' })
    }
    counts.accepted += messages.length
    this.received.messages += messages.length
    this.received.first ??= (performance.now() - this.startedAt) / 1000
    messages.forEach(({ messageId }) => ids.add(messageId))
    if (latency > 0) {
      await new Promise((resolve) => setTimeout(resolve, latency))
    }
    return body
  }
}

interface Message {
  messageId: string
}

/** @throws if an event is missing, or arrived twice */
export function checkReceived({ messages, ids }: Received, events: number, name: string): void {
  if (messages !== events || ids.size !== events) {
    throw new Error(`${name}: ${messages} messages (${ids.size} different ones) arrived, not ${events}`)
  }
}
