import { once } from 'node:events'
import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface LocalServer {
  server: Server
  origin: string
  port: number
  /** Ends its connections too. */
  close(): Promise<void>
}

/** Listens on a free port of 127.0.0.1. Without a listener it never responds. */
export async function startServer(listener?: RequestListener): Promise<LocalServer> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  // The cast: only a pipe has another kind of address.
  const { port } = server.address() as AddressInfo
  return {
    server,
    origin: `http://127.0.0.1:${port}`,
    port,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    }
  }
}

/** An `Authorization` header. Astrolabe's and Segment's keys are the user name with an empty password: `key:`. */
export function basic(userPass: string): string {
  return `Basic ${Buffer.from(userPass).toString('base64')}`
}
