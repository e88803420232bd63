import https from 'node:https'
import { Duplex } from 'node:stream'

/** The requests that arrived. Equal events always cause equal traffic. */
interface Traffic {
  requests: number
  /** Of all bodies. */
  bytes: number
}

/**
 * Replaces the network with memory: every https: connection of this process ends in a socket that responds to each request
 * with 200. The request client and Node's HTTP stay as they are; TLS and the kernel are left out.
 */
export class StubbedNetwork {
  /** Since `begin`. */
  traffic: Traffic = { requests: 0, bytes: 0 }
  private response = '{}'

  constructor() {
    https.globalAgent.createConnection = () => new StubbedSocket((body) => this.respondTo(body))
  }

  /** @param response the body of each response from now on */
  begin(response: string): void {
    this.response = response
    this.traffic = { requests: 0, bytes: 0 }
  }

  private respondTo(body: Buffer): string {
    this.traffic.requests++
    this.traffic.bytes += body.length
    return this.response
  }
}

const END_OF_HEAD = '\r\n\r\n'
const RESPONSE_HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: keep-alive\r\nContent-Length: '

class StubbedSocket extends Duplex {
  private unread = Buffer.alloc(0)

  // Node's HTTP calls these on a socket; a stream lacks them.
  setKeepAlive = (): this => this
  setNoDelay = (): this => this
  setTimeout = (): this => this
  ref = (): this => this
  unref = (): this => this

  constructor(private readonly respondTo: (body: Buffer) => string) {
    super()
  }

  override _read(): void {}

  override _write(chunk: Buffer<ArrayBuffer>, _encoding: BufferEncoding, done: () => void): void {
    this.unread = this.unread.length > 0 ? Buffer.concat([this.unread, chunk]) : chunk
    const end = this.unread.indexOf(END_OF_HEAD)
    const head = this.unread.toString('latin1', 0, Math.max(end, 0))
    const start = end + END_OF_HEAD.length
    const stop = start + Number(/^content-length: (\d+)$/im.exec(head)?.[1])
    if (end >= 0 && this.unread.length >= stop) {
      const body = this.respondTo(this.unread.subarray(start, stop))
      this.unread = this.unread.subarray(stop)
      setImmediate(() => this.push(`${RESPONSE_HEAD}${Buffer.byteLength(body)}${END_OF_HEAD}${body}`))
    }
    done()
  }
}
