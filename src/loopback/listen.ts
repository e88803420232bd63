import type { AddressInfo } from 'node:net'
import { Server as TlsServer } from 'node:tls'
import type { FastifyInstance } from 'fastify'

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

/**
 * Listens on 127.0.0.1, so that only this machine reaches the server.
 *
 * @param port 0 chooses a free one
 * @returns the origin, such as `http://127.0.0.1:4010`
 * @throws PortUnavailableError if the port is in use, or needs a permission that the process lacks
 */
export async function listenOnLoopback(app: FastifyInstance, port: number): Promise<string> {
  try {
    await app.listen({ host: '127.0.0.1', port })
  } catch (error) {
    // The cast: a server fails to listen with an error of the system.
    const reason = REASONS[(error as NodeJS.ErrnoException).code ?? '']
    throw reason === undefined ? error : new PortUnavailableError(port, reason, error)
  }
  // The cast: only a pipe has another kind of address.
  const address = app.server.address() as AddressInfo
  return `${app.server instanceof TlsServer ? 'https' : 'http'}://127.0.0.1:${address.port}`
}

const REASONS: Partial<Record<string, PortUnavailableError['reason']>> = {
  EADDRINUSE: 'in use',
  EACCES: 'not permitted'
}
