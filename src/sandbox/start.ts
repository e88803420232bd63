import { Server as TlsServer } from 'node:tls'
import { listenOnLoopback } from '../loopback/listen'
import { buildSandbox, SANDBOX_API_KEY } from './index'
import type { SandboxOptions } from './index'
import { certificateAuthority } from './faults/certificate'

export interface RunningSandbox {
  /** The base URL of its API, such as `http://127.0.0.1:4010/v1`. */
  url: string
  /** A key that it takes. */
  apiKey: string
  /** Where it serves `https:`, the certificate (PEM) that a client has to trust. */
  certificateAuthority?: string
  /** Ends it, after the requests that are in flight. */
  close(): Promise<void>
}

/**
 * Serves a sandbox on 127.0.0.1, where nobody else on the network reaches it.
 *
 * @param port any that is free unless given
 * @throws PortUnavailableError if the port is taken
 */
export async function startSandbox({
  port = 0,
  ...options
}: Pick<SandboxOptions, 'batch' | 'docs' | 'faults' | 'onFault'> & { port?: number } = {}): Promise<RunningSandbox> {
  const app = buildSandbox(options)
  const origin = await listenOnLoopback(app, port)
  return {
    url: `${origin}/v1`,
    apiKey: SANDBOX_API_KEY,
    certificateAuthority: app.server instanceof TlsServer ? certificateAuthority() : undefined,
    close: () => app.close()
  }
}
