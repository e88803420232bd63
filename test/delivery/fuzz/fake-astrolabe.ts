import { PassThrough } from 'node:stream'
import { Response } from 'cross-fetch'
import type { Clock } from '../../../src/delivery/clock'
import type { Fault, Scenario } from './scenario'

/** A message as the destination sends it. The mappings of all scenarios send these fields. */
interface Message {
  type: 'identify' | 'group' | 'track'
  userId?: string
  anonymousId?: string
  groupId?: string
  context: { line: number; mapping: string }
}

/** A message in a request: what it touches, and the run that sent it. */
interface Delivery {
  line: number
  mapping: string
  run: number
  keys: string[]
  writes: boolean
}

interface Options extends Pick<Scenario, 'faults' | 'outage' | 'broken' | 'latencies'> {
  clock: Clock & { sleep(milliseconds: number): Promise<void> }
  /** Called when a request comes, and before its response. */
  onMoment(): void
  /** Whether a run had settled an event, so that it need not wait for it any more. */
  isSettled(run: number, line: number): boolean
}

/** Astrolabe without sockets. It notes what it accepts, and what comes out of order. */
export class FakeAstrolabe {
  readonly violations: string[] = []
  /** Lines whose requests met a fault, and those that one of them rejects for good. */
  readonly disturbed = new Set<number>()
  readonly rejected = new Set<number>()
  private readonly accepted = new Set<string>()
  private readonly seen: Delivery[] = []
  private readonly inFlight = new Set<Delivery>()
  private requests = 0
  private downUntil = -Infinity
  /** The index of the run that sends. */
  private run = -1
  private readonly crashedRuns = new Set<number>()

  constructor(private readonly options: Options) {}

  has(line: number, mapping: string): boolean {
    return this.accepted.has(`${line} ${mapping}`)
  }

  startRun(): void {
    this.run++
  }

  /** The process of the run is dead: nothing that it still sends arrives. */
  endRun(): void {
    this.crashedRuns.add(this.run)
  }

  /** Instead of `fetch`. */
  async receive(request: Request): Promise<globalThis.Response> {
    const { latencies, clock, onMoment } = this.options
    const body = JSON.parse(await request.text()) as Message | { batch: Message[] }
    onMoment()
    if (this.crashedRuns.has(this.run)) {
      throw networkError('the process is dead')
    }
    const messages = 'batch' in body ? body.batch : [body]
    const deliveries = messages.map((message) => this.toDelivery(message))
    const fault = this.nextFault(deliveries)
    const latency = latencies[this.requests++ % latencies.length]
    deliveries.forEach((delivery) => this.begin(delivery))
    this.noteFault(fault, deliveries, 'batch' in body)
    await clock.sleep(latency)
    deliveries.forEach((delivery) => this.inFlight.delete(delivery))
    const response = this.respond(fault, deliveries, 'batch' in body)
    onMoment()
    return response
  }

  private nextFault(deliveries: Delivery[]): Fault {
    const { faults, outage, broken, clock } = this.options
    if (outage?.request === this.requests) {
      this.downUntil = clock.now() + outage.seconds * 1000
    }
    if (clock.now() < this.downUntil) {
      return '503'
    }
    const isBroken = deliveries.length === 1 && deliveries[0].line === broken
    return isBroken ? '500' : (faults[this.requests] ?? 'none')
  }

  private toDelivery({ type, userId, anonymousId, groupId, context: { line, mapping } }: Message): Delivery {
    const ids = { u: userId, a: anonymousId, g: type === 'group' ? groupId : undefined }
    const keys = Object.entries(ids).flatMap(([kind, id]) => (id === undefined ? [] : [`${kind}:${id}`]))
    return { line, mapping, run: this.run, keys, writes: type !== 'track' }
  }

  /** A batch that is too large, or that no endpoint takes, rejects no event: its events are sent one by one. */
  private noteFault(fault: Fault, deliveries: Delivery[], isBatch: boolean): void {
    for (const { line } of fault === 'none' ? [] : deliveries) {
      this.disturbed.add(line)
      const status = fault === 'partial results' ? partialStatus(line) : Number(fault)
      if (status === 400 || status === 401 || (!isBatch && (status === 404 || status === 413))) {
        this.rejected.add(line)
      }
    }
  }

  private begin(delivery: Delivery): void {
    const { line, run } = delivery
    for (let earlier = 0; earlier < run; earlier++) {
      if (!this.crashedRuns.has(earlier) && this.options.isSettled(earlier, line)) {
        this.violations.push(`${describe(delivery)} is sent again, although run ${earlier} has settled it`)
      }
    }
    for (const other of [...this.inFlight].filter((each) => each.line !== line && inConflict(each, delivery))) {
      this.violations.push(`${describe(delivery)} is sent while ${describe(other)} is on its way`)
    }
    for (const later of this.seen.filter((each) => each.line > line && inConflict(each, delivery))) {
      // After a crash, a run sends again what the crash made it forget.
      if (later.run === run || !this.options.isSettled(later.run, line)) {
        this.violations.push(`${describe(delivery)} is sent after ${describe(later)}`)
      }
    }
    this.seen.push(delivery)
    this.inFlight.add(delivery)
  }

  private respond(fault: Fault, deliveries: Delivery[], isBatch: boolean): globalThis.Response {
    const accept = (accepted: Delivery[]) =>
      accepted.forEach(({ line, mapping }) => this.accepted.add(`${line} ${mapping}`))
    const results = (statuses: number[]) =>
      reply(200, { results: statuses.map((status) => ({ status, message: `Result ${status}.` })) })
    switch (fault) {
      case 'rst':
        throw networkError('read ECONNRESET')
      case 'lost':
        accept(deliveries)
        throw networkError('socket hang up')
      case 'fin':
        accept(deliveries)
        return cutResponse()
      case 'none':
        accept(deliveries)
        return isBatch ? results(deliveries.map(() => 200)) : reply(200, {})
      case 'too few results':
        accept(deliveries)
        return isBatch ? results(deliveries.slice(1).map(() => 200)) : reply(200, {})
      case 'partial results': {
        const statusOf = ({ line }: Delivery) => partialStatus(line)
        accept(deliveries.filter((delivery) => statusOf(delivery) === 200))
        return isBatch ? results(deliveries.map(statusOf)) : reply(statusOf(deliveries[0]), {})
      }
      case '429 for 2 seconds':
        return reply(429, { message: 'Too fast.' }, '2')
      case '429 for 2 hours':
        return reply(429, { message: 'Too fast.' }, '7200')
      default:
        return reply(Number(fault), { message: `Status ${fault}.` })
    }
  }
}

function partialStatus(line: number): number {
  return [200, 400, 503, 429][line % 4]
}

function inConflict(a: Delivery, b: Delivery): boolean {
  return (a.writes || b.writes) && a.keys.some((key) => b.keys.includes(key))
}

function describe({ line, mapping, run }: Delivery): string {
  return `event ${line} (${mapping}, run ${run})`
}

function reply(status: number, body: object, retryAfter?: string): globalThis.Response {
  const headers = {
    'content-type': 'application/json',
    ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter })
  }
  return new Response(JSON.stringify(body), { status, headers })
}

/** Its body ends with an error, as in `noticeCutResponses`. */
function cutResponse(): globalThis.Response {
  const body = new PassThrough()
  body.destroy(networkError('the connection ended in the middle of the response'))
  // The cast: node-fetch takes streams of Node.
  return new Response(body as unknown as ReadableStream, { status: 200 })
}

function networkError(message: string): Error {
  return Object.assign(new Error(message), { code: 'ECONNRESET' })
}
