import { fork } from 'node:child_process'
import { once } from 'node:events'
import https from 'node:https'
import path from 'node:path'
import type { Listening, Order, Received } from './tls-server'

/** A server over TLS on loopback, in another process. */
export interface TlsPeer extends Listening {
  /** Sets the body of the answers to come, and gives what arrived since the last time. */
  turn(answer: string): Promise<Received>
  close(): void
}

export async function startTlsPeer(): Promise<TlsPeer> {
  const server = fork(path.join(__dirname, 'tls-server'))
  const [listening] = (await once(server, 'message')) as [Listening]
  return {
    ...listening,
    async turn(answer) {
      const order: Order = { answer }
      server.send(order)
      const [received] = (await once(server, 'message')) as [Received]
      return received
    },
    close: () => server.disconnect()
  }
}

/** Leads all https: connections of this process there, whatever host they are for. Otherwise Node's agent is as it is. */
export function connectTo({ port, certificate }: Listening): void {
  const connect = https.Agent.prototype.createConnection
  https.globalAgent.createConnection = (options, done) =>
    connect.call(
      https.globalAgent,
      { ...options, host: '127.0.0.1', port, servername: 'localhost', ca: certificate },
      done
    )
}
