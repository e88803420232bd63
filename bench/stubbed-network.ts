import https from 'node:https'
import { Duplex } from 'node:stream'

/** The requests that arrived. Equal events always cause equal traffic. */
export interface Traffic {
  requests: number
  /** Of all bodies. */
  bytes: number
}

/**
 * Replaces the network with memory: every https: connection of this process ends in a socket that responds to each request
 * with 200. The request client and Node's HTTP stay as they are; TLS and the kernel are left out.
 */
export class StubbedNetwork {
  private traffic: Traffic = { requests: 0, bytes: 0 }
  private request: RawRequest = { head: '', body: Buffer.alloc(0) }
  private response = '{}'

  constructor() {
    https.globalAgent.createConnection = () => new StubbedSocket((request) => this.respondTo(request))
  }

  /** @param response the body of each response from now on */
  begin(response: string): void {
    this.response = response
    this.traffic = { requests: 0, bytes: 0 }
  }

  /** The traffic since `begin`. */
  end(): Traffic {
    return this.traffic
  }

  /** The latest request. */
  get latest(): { url: string; body: string } {
    const { head, body } = this.request
    const [, path] = head.split(' ')
    const [, host] = /^host: (.*)$/im.exec(head) ?? []
    return { url: `https://${host}${path}`, body: body.toString() }
  }

  /** Closes the connections that wait for another request. */
  leave(): void {
    https.globalAgent.destroy()
  }

  private respondTo(request: RawRequest): string {
    this.traffic.requests++
    this.traffic.bytes += request.body.length
    this.request = request
    return this.response
  }
}

interface RawRequest {
  head: string
  body: Buffer
}

const END_OF_HEAD = Buffer.from('\r\n\r\n')

class StubbedSocket extends Duplex {
  private unread: Buffer = Buffer.alloc(0)

  // Node's HTTP calls these on a socket; a stream lacks them.
  setKeepAlive = (): this => this
  setNoDelay = (): this => this
  setTimeout = (): this => this
  ref = (): this => this
  unref = (): this => this

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
