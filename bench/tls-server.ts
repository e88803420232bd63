// The other end of the rows over TLS, in a process of its own: takes every request, and counts.
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { makeCertificate } from '../src/sandbox/faults/certificate'

export interface Received {
  requests: number
  /** Of all bodies. */
  bytes: number
  connections: number
}

/** What the process sends first. */
export interface Listening {
  port: number
  /** PEM: what the client has to trust. */
  certificate: string
}

/** Sets the body of the answers, and has the counts since the last order sent back. */
export interface Order {
  answer: string
}

let received: Received = { requests: 0, bytes: 0, connections: 0 }
let answer = '{}'

const { cert, key } = makeCertificate('untrusted')
const server = https.createServer({ cert, key, keepAliveTimeout: 0 }, (request, response) => {
  request.on('data', (chunk: Buffer) => (received.bytes += chunk.length))
  request.on('end', () => {
    received.requests++
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(answer) })
    response.end(answer)
  })
})
server.on('secureConnection', () => received.connections++)
server.listen(0, '127.0.0.1', () => {
  const listening: Listening = { port: (server.address() as AddressInfo).port, certificate: cert }
  process.send?.(listening)
})

process.on('message', (order: Order) => {
  process.send?.(received)
  received = { requests: 0, bytes: 0, connections: 0 }
  answer = order.answer
})
process.on('disconnect', () => process.exit())
