import type { AddressInfo } from 'node:net'
import { Server as TlsServer } from 'node:tls'
import type { FastifyInstance } from 'fastify'

/** The port can't be used. Its message names the port and says why, as a sentence. */
export class PortUnavailableError extends Error {
  override readonly name = 'PortUnavailableError'

  constructor(
    readonly port: number,
    readonly reason: 'taken' | 'not permitted',
    cause: unknown
  ) {
    super(reason === 'taken' ? `Port ${port} is taken.` : `Permission to use port ${port} was denied.`, { cause })
  }
}

/**
 * Listens on 127.0.0.1, where nobody else on the network reaches the server.
 *
 * @param port 0 chooses a free one
 * @returns the origin, such as `http://127.0.0.1:4010`
 * @throws PortUnavailableError if the port is taken, or needs more rights than the process has
 */
export async function listenOnLoopback(app: FastifyInstance, port: number): Promise<string> {
  try {
    await app.listen({ host: '127.0.0.1', port })
  } catch (error) {
    // The cast: what a server throws as it starts to listen is the system's error.
    const reason = REASONS[(error as NodeJS.ErrnoException).code ?? '']
    throw reason === undefined ? error : new PortUnavailableError(port, reason, error)
  }
  // The cast: a server that listens on TCP has neither a pipe's name nor no address.
  const address = app.server.address() as AddressInfo
  return `${app.server instanceof TlsServer ? 'https' : 'http'}://127.0.0.1:${address.port}`
}

const REASONS: Partial<Record<string, PortUnavailableError['reason']>> = {
  EADDRINUSE: 'taken',
  EACCES: 'not permitted'
}
