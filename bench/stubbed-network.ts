import https from 'node:https'
import { Duplex } from 'node:stream'
import type { Traffic } from './traffic'

export interface ReceivedRequest {
  url: string
  headers: Record<string, string>
  body: string
}

/**
 * Replaces the network with memory: every https: connection of this process ends in a socket that responds to each request
 * with 200. The request client and Node's HTTP stay as they are; TLS and the kernel are left out.
 */
export class StubbedNetwork {
  /** The first requests since `begin`, up to `KEPT`. */
  readonly received: ReceivedRequest[] = []
  private requests = 0
  private bytes = 0
  private response = '{}'

  constructor() {
    https.globalAgent.createConnection = () => new StubbedSocket((request) => this.respondTo(request))
  }

  /** @param response the body of each response from now on */
  begin(response: string): void {
    this.response = response
    this.requests = 0
    this.bytes = 0
    this.received.length = 0
  }

  /** The traffic since `begin`. */
  end(): Traffic {
    return { requests: this.requests, bytes: this.bytes }
  }

  /** Closes the connections that wait for another request. */
  leave(): void {
    https.globalAgent.destroy()
  }

  private respondTo({ head, body }: RawRequest): string {
    this.requests++
    this.bytes += body.length
    if (this.received.length < KEPT) {
      this.received.push({ ...readHead(head), body: body.toString() })
    }
    return this.response
  }
}

/** More than one event causes in any destination here. */
const KEPT = 4

interface RawRequest {
  head: string
  body: Buffer
}

const END_OF_HEAD = Buffer.from('\r\n\r\n')

class StubbedSocket extends Duplex {
  private unread: Buffer = Buffer.alloc(0)

  constructor(private readonly respondTo: (request: RawRequest) => string) {
    super()
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.unread = this.unread.length > 0 ? Buffer.concat([this.unread, chunk]) : chunk
    const request = this.nextRequest()
    if (request) {
      const body = this.respondTo(request)
      setImmediate(() => this.push(`${RESPONSE_HEAD}${Buffer.byteLength(body)}\r\n\r\n${body}`))
    }
    done()
  }

  // Node's HTTP calls these on a socket; a stream lacks them.
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
    const end = this.unread.indexOf(END_OF_HEAD)
    if (end < 0) {
      return undefined
    }
    const head = this.unread.toString('latin1', 0, end)
    const start = end + END_OF_HEAD.length
    const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1])
    if (this.unread.length < start + length) {
      return undefined
    }
    const body = this.unread.subarray(start, start + length)
    this.unread = this.unread.subarray(start + length)
    return { head, body }
  }
}

const RESPONSE_HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: keep-alive\r\nContent-Length: '

function readHead(head: string): Omit<ReceivedRequest, 'body'> {
  const [requestLine, ...lines] = head.split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    })
  )
  return { url: `https://${headers.host}${requestLine.split(' ')[1]}`, headers }
}
