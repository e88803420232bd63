import { Server as TlsServer } from 'node:tls'
import { listenOnLoopback } from '../loopback/listen'
import { buildSandbox, SANDBOX_API_KEY } from './build'
import type { SandboxOptions } from './build'
import { certificateAuthority } from './faults/certificate'
import { Workspace } from './workspace/workspace'

export interface RunningSandbox {
  /** The base URL of its API, such as `http://127.0.0.1:4010/v1`. */
  url: string
  apiKey: string
  workspace: Workspace
  /** The certificate (PEM) to trust, if it serves `https:`. */
  certificateAuthority?: string
  /** Finishes the requests in flight and stops. */
  close(): Promise<void>
}

/**
 * Serves a sandbox on 127.0.0.1, so that only this machine reaches it.
 *
 * @param port a free one by default
 * @param host one more address to serve it on
 * @throws PortUnavailableError if the port is in use
 */
export async function startSandbox({
  port = 0,
  host,
  keep,
  ...options
}: Pick<SandboxOptions, 'allowedHosts' | 'batch' | 'docs' | 'faults' | 'keep' | 'onFault'> & {
  port?: number
  host?: string
} = {}): Promise<RunningSandbox> {
  const workspace = new Workspace(keep)
  workspace.connectors.add({ name: 'Sandbox', apiKey: SANDBOX_API_KEY })
  const app = buildSandbox({ ...options, workspace })
  const origin = await listenOnLoopback(app, port, host)
  return {
    url: `${origin}/v1`,
    apiKey: SANDBOX_API_KEY,
    workspace,
    certificateAuthority: app.server instanceof TlsServer ? certificateAuthority() : undefined,
    close: () => app.close()
  }
}
