import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { Server as TlsServer } from 'node:tls'
import type { FastifyInstance } from 'fastify'

/** The machine has no such address. */
export class NoSuchAddressError extends Error {
  override readonly name = 'NoSuchAddressError'

  constructor(host: string, cause: unknown) {
    super(`This machine has no address ${host}.`, { cause })
  }
}

/** The port can't be used. The message is a sentence with the port and the reason. */
export class PortUnavailableError extends Error {
  override readonly name = 'PortUnavailableError'

  constructor(
    readonly port: number,
    readonly reason: 'in use' | 'not permitted',
    cause: unknown
  ) {
    super(reason === 'in use' ? `Port ${port} is in use.` : `Permission to use port ${port} was denied.`, { cause })
  }
}

const LOOPBACK = '127.0.0.1'

/** Addresses that stand for all of the machine's, 127.0.0.1 included. */
const EVERY_ADDRESS = ['0.0.0.0', '::']

/**
 * Listens on 127.0.0.1, so that only this machine reaches the server.
 *
 * @param port 0 chooses a free one
 * @param host one more IP address to listen on, or `0.0.0.0` or `::` for all of them
 * @returns the origin for this machine, such as `http://127.0.0.1:4010`
 * @throws PortUnavailableError if the port is in use, or needs a permission that the process lacks
 * @throws NoSuchAddressError
 */
export async function listenOnLoopback(app: FastifyInstance, port: number, host = LOOPBACK): Promise<string> {
  const isEvery = EVERY_ADDRESS.includes(host)
  try {
    await app.listen({ host: isEvery ? host : LOOPBACK, port })
    // The cast: only a pipe has another kind of address.
    const { port: actual } = app.server.address() as AddressInfo
    if (!isEvery && host !== LOOPBACK) {
      await listenToo(app, actual, host)
    }
    return `${app.server instanceof TlsServer ? 'https' : 'http'}://${LOOPBACK}:${actual}`
  } catch (error) {
    await app.close()
    // The cast: a server fails to listen with an error of the system.
    const { code = '' } = error as NodeJS.ErrnoException
    if (code === 'EADDRNOTAVAIL') {
      throw new NoSuchAddressError(host, error)
    }
    const reason = REASONS[code]
    throw reason === undefined ? error : new PortUnavailableError(port, reason, error)
  }
}

/** Hands the connections to one more address over to the server, as if they were its own. */
async function listenToo({ server }: FastifyInstance, port: number, host: string): Promise<void> {
  const second = createServer((socket: Socket) => server.emit('connection', socket))
  server.once('close', () => second.close())
  second.listen(port, host)
  await once(second, 'listening')
}

const REASONS: Partial<Record<string, PortUnavailableError['reason']>> = {
  EADDRINUSE: 'in use',
  EACCES: 'not permitted'
}
