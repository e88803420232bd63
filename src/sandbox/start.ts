import { Server as TlsServer } from 'node:tls'
import { listenOnLoopback } from '../loopback/listen'
import { buildSandbox, SANDBOX_API_KEY } from './build'
import type { SandboxOptions } from './build'
import { certificateAuthority } from './faults/certificate'
import { Workspace } from './workspace/workspace'

export interface RunningSandbox {
  /** The base URL of its API, such as `http://127.0.0.1:4010/v1`. */
  url: string
  /** A key that it accepts. */
  apiKey: string
  workspace: Workspace
  /** If it serves `https:`, the certificate (PEM) that a client has to trust. */
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
  keep,
  ...options
}: Pick<SandboxOptions, 'batch' | 'docs' | 'faults' | 'keep' | 'onFault'> & {
  port?: number
} = {}): Promise<RunningSandbox> {
  const workspace = new Workspace(keep)
  workspace.connectors.add({ name: 'Sandbox', apiKey: SANDBOX_API_KEY })
  const app = buildSandbox({ ...options, workspace })
  const origin = await listenOnLoopback(app, port)
  return {
    url: `${origin}/v1`,
    apiKey: SANDBOX_API_KEY,
    workspace,
    certificateAuthority: app.server instanceof TlsServer ? certificateAuthority() : undefined,
    close: () => app.close()
  }
}
