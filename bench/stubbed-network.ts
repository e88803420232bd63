import https from 'node:https'
import { Duplex } from 'node:stream'
import type { Network, Taken, Traffic } from './network'

/**
 * Puts memory in the place of the network: every https: connection of this process ends in a socket that takes requests
 * and answers each with 200. The request client and Node's HTTP stay what they are; TLS and the kernel are left out.
 */
export class StubbedNetwork implements Network {
  requests = 0
  /** Of all bodies. */
  bytes = 0
  /** The last requests, newest last, up to `KEPT`. */
  readonly taken: Taken[] = []
  private answer = '{}'

  constructor() {
    https.globalAgent.createConnection = () => new StubbedSocket((request) => this.answerTo(request))
  }

  begin(answer: string): void {
    this.answer = answer
    this.clear()
  }

  end(): Traffic {
    return { requests: this.requests, bytes: this.bytes }
  }

  clear(): void {
    this.requests = 0
    this.bytes = 0
    this.taken.length = 0
  }

  /** Closes the connections that wait for another request, so that a real network can take over. */
  leave(): void {
    https.globalAgent.destroy()
  }

  private answerTo({ head, body }: RawRequest): string {
    this.requests++
    this.bytes += body.length
    if (this.taken.length < KEPT) {
      this.taken.push({ ...readHead(head), body: body.toString() })
    }
    return this.answer
  }
}

/** Enough for all that one event of any destination here sends. */
const KEPT = 4

interface RawRequest {
  head: string
  body: Buffer
}

const END_OF_HEAD = Buffer.from('\r\n\r\n')

class StubbedSocket extends Duplex {
  private received: Buffer = Buffer.alloc(0)

  constructor(private readonly answerTo: (request: RawRequest) => string) {
    super()
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.received = this.received.length > 0 ? Buffer.concat([this.received, chunk]) : chunk
    const request = this.nextRequest()
    if (request) {
      const body = this.answerTo(request)
      setImmediate(() => this.push(`${ANSWER_HEAD}${Buffer.byteLength(body)}\r\n\r\n${body}`))
    }
    done()
  }

  // What http asks of a socket, and a stream has not.
  setKeepAlive(): this {
    return this
  }
  setNoDelay(): this {
    return this
  }
  setTimeout(): this {
    return this
  }
  ref(): this {
    return this
  }
  unref(): this {
    return this
  }

  private nextRequest(): RawRequest | undefined {
    const end = this.received.indexOf(END_OF_HEAD)
    if (end < 0) {
      return undefined
    }
    const head = this.received.toString('latin1', 0, end)
    const start = end + END_OF_HEAD.length
    const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1])
    if (this.received.length < start + length) {
      return undefined
    }
    const body = this.received.subarray(start, start + length)
    this.received = this.received.subarray(start + length)
    return { head, body }
  }
}

const ANSWER_HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: keep-alive\r\nContent-Length: '

function readHead(head: string): Omit<Taken, 'body'> {
  const [requestLine, ...lines] = head.split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    })
  )
  return { url: `https://${headers.host}${requestLine.split(' ')[1]}`, headers }
}
