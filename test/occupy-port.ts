import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A port of this machine that a server has, until it is released. */
export async function occupyPort(): Promise<{ port: number; release(): Promise<void> }> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  // The cast: only a pipe has another kind of address.
  const { port } = server.address() as AddressInfo
  return {
    port,
    async release() {
      server.close()
      await once(server, 'close')
    }
  }
}
