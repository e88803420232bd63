import fastify from 'fastify'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { closeCleanly } from '../../src/loopback/clean-close'
import { serveLoopbackOnly } from '../../src/loopback/loopback-only'

export interface ReceiverOptions {
  /** Milliseconds before each response. */
  latency?: number
  /** Requests per second that are accepted; the others get 429 with `Retry-After`. */
  rate?: number
}

/** What arrived since the last order. */
export interface Received {
  /** Accepted messages, and how many different ids they have. */
  messages: number
  distinct: number
  /** Per second since the order: accepted messages and rejected requests. */
  seconds: { accepted: number; rejected: number }[]
}

/** The least server that accepts Astrolabe's messages, and counts them. */
export class Receiver {
  readonly app: FastifyInstance
  private options: ReceiverOptions = {}
  private ids = new Set<string>()
  private messages = 0
  private seconds: Received['seconds'] = []
  private startedAt = performance.now()

  constructor() {
    this.app = fastify({ bodyLimit: 8 * 1024 * 1024 })
    serveLoopbackOnly(this.app)
    closeCleanly(this.app)
    this.app.post<{ Body: { messageId: string } }>('/v1/events', ({ body }, reply) =>
      this.respond([body.messageId], {}, reply)
    )
    this.app.post<{ Body: { batch: { messageId: string }[] } }>('/v1/batch', ({ body: { batch } }, reply) =>
      this.respond(
        batch.map(({ messageId }) => messageId),
        { results: batch.map(() => ({ status: 200 })) },
        reply
      )
    )
  }

  /** Starts to count anew, with other options. Returns what arrived until now. */
  restart(options: ReceiverOptions): Received {
    const received = { messages: this.messages, distinct: this.ids.size, seconds: this.seconds }
    this.options = options
    this.ids = new Set()
    this.messages = 0
    this.seconds = []
    this.startedAt = performance.now()
    return received
  }

  private async respond(ids: string[], body: object, reply: FastifyReply): Promise<object> {
    const { latency = 0, rate = Infinity } = this.options
    const second = Math.floor((performance.now() - this.startedAt) / 1000)
    for (let next = this.seconds.length; next <= second; next++) {
      this.seconds.push({ accepted: 0, rejected: 0 })
    }
    const counts = this.seconds[second]
    if (counts.accepted + ids.length > rate) {
      counts.rejected++
      return reply.code(429).header('retry-after', '1').send({ message: 'Too many requests' })
    }
    counts.accepted += ids.length
    this.messages += ids.length
    ids.forEach((id) => this.ids.add(id))
    if (latency > 0) {
      await new Promise((resolve) => setTimeout(resolve, latency))
    }
    return body
  }
}
