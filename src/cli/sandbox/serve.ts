import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Fault } from '../../sandbox/faults/registry'
import { faultSpec } from '../../sandbox/faults/spec'
import type { RunningSandbox } from '../../sandbox/start'
import type { Workspace } from '../../sandbox/workspace/workspace'
import { formatNumber } from '../format'
import { EXAMPLE_EVENTS } from '../package-files'
import { allowedHosts, describeReach, toListenError } from '../reach'
import type { Reach } from '../reach'
import type { Terminal } from '../terminal'

export interface SandboxOptions extends Reach {
  port: number
  keep: number
  batch: boolean
  fault?: Fault[]
}

export async function serve(options: SandboxOptions, { stdout, stderr, untilStopped }: Terminal): Promise<void> {
  const { port, host, keep, batch, fault: faults = [] } = options
  // Only this command needs the server and its libraries.
  const { startSandbox } = await import('../../sandbox/start')
  const sandbox = await startSandbox({
    port,
    host,
    allowedHosts: allowedHosts(options),
    keep,
    batch,
    faults,
    docs: true,
    onFault: (fault, { method, url }) => stdout.write(`${method} ${url} met ${faultSpec(fault)}\n`)
  }).catch((error: unknown) => {
    throw toListenError(error)
  })
  const certificate = sandbox.certificateAuthority ? await keepCertificate(sandbox.certificateAuthority) : undefined
  const stopped = untilStopped()
  const { workspace } = sandbox
  stderr.write(describeReach(options, sandbox.url))
  stdout.write(firstSteps(sandbox, faults, certificate?.path))
  const end = workspace.onChange(() => {
    if (totalOf(workspace.dropped) > 0) {
      end()
      stdout.write(
        `The limit of --keep ${formatNumber(keep)} is reached. From now on the oldest records are dropped.\n`
      )
    }
  })
  await stopped
  await sandbox.close()
  if (totalOf(workspace.dropped) > 0) {
    stdout.write(describeDropped(workspace.dropped))
  }
  await certificate?.remove()
}

/** Writes a certificate to a file, because Node and curl read certificates to trust from files. */
export async function keepCertificate(pem: string): Promise<{ path: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'astrolabe-sandbox-'))
  const file = path.join(folder, 'ca.pem')
  await writeFile(file, pem)
  return { path: file, remove: () => rm(folder, { recursive: true }) }
}

function firstSteps({ url, apiKey }: RunningSandbox, faults: Fault[], certificate?: string): string {
  const trust = certificate ? ` NODE_EXTRA_CA_CERTS=${certificate}` : ''
  const trustForCurl = certificate ? ` --cacert ${certificate}` : ''
  return `Astrolabe's sandbox serves ${url}
${faults.length > 0 ? `Its faults: ${faults.map(faultSpec).join(', then ')}\n` : ''}
Deliver events to it:
  export ASTROLABE_INGEST_URL=${url} ASTROLABE_API_KEY=${apiKey}${trust}
  npx astrolabe-segment deliver ${EXAMPLE_EVENTS}

List its users, accounts or events:
  curl -u ${apiKey}:${trustForCurl} ${url}/users

Read its contract in a browser:
  ${new URL('/docs', url).href}

Stop it with Ctrl+C. It then forgets everything.
`
}

function totalOf(dropped: Workspace['dropped']): number {
  return Object.values(dropped).reduce((total, count) => total + count, 0)
}

function describeDropped({ users, accounts, events, messageIds }: Workspace['dropped']): string {
  return `Dropped: ${formatNumber(users)} Users, ${formatNumber(accounts)} Accounts, ${formatNumber(events)} events, ${formatNumber(messageIds)} message IDs.
A message whose ID was dropped counts again if it is sent again.
`
}
