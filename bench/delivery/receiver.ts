import fastify from 'fastify'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { closeCleanly } from '../../src/loopback/clean-close'
import { listenOnLoopback } from '../../src/loopback/listen'
import { serveLoopbackOnly } from '../../src/loopback/loopback-only'

export interface ReceiverOptions {
  /** Milliseconds before each response. */
  latency?: number
  /** Requests per second that are accepted; the others get 429 with `Retry-After`. */
  rate?: number
}

/** What arrived since the receiver was restarted. */
export interface Received {
  /** Accepted messages, and how many different ids they have. */
  messages: number
  distinct: number
  /** Per second: accepted messages and rejected requests. */
  seconds: { accepted: number; rejected: number }[]
}

/** The least server that accepts Astrolabe's messages, and counts them. */
export class Receiver {
  readonly app: FastifyInstance = fastify({ bodyLimit: 8 * 1024 * 1024 })
  private options: ReceiverOptions = {}
  private ids = new Set<string>()
  private messages = 0
  private seconds: Received['seconds'] = []
  private startedAt = performance.now()

  constructor() {
    serveLoopbackOnly(this.app)
    closeCleanly(this.app)
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
    const received = { messages: this.messages, distinct: this.ids.size, seconds: this.seconds }
    this.options = options
    this.ids = new Set()
    this.messages = 0
    this.seconds = []
    this.startedAt = performance.now()
    return received
  }

  private async respond(messages: Message[], body: object, reply: FastifyReply): Promise<object> {
    const { latency = 0, rate = Infinity } = this.options
    const second = Math.floor((performance.now() - this.startedAt) / 1000)
    for (let next = this.seconds.length; next <= second; next++) {
      this.seconds.push({ accepted: 0, rejected: 0 })
    }
    const counts = this.seconds[second]
    if (counts.accepted + messages.length > rate) {
      counts.rejected++
      return reply.code(429).header('retry-after', '1').send({ message: 'Too many requests' })
    }
    counts.accepted += messages.length
    this.messages += messages.length
    messages.forEach(({ messageId }) => this.ids.add(messageId))
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
export function checkReceived({ messages, distinct }: Received, events: number, name: string): void {
  if (messages !== events || distinct !== events) {
    throw new Error(`${name}: ${messages} messages (${distinct} different ones) arrived, not ${events}`)
  }
}
