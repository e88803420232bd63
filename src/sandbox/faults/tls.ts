import type { Server } from 'node:net'
import { Server as TlsServer } from 'node:tls'
import type { Certificate } from './certificate'
import { makeCertificate } from './certificate'
import type { Fault } from './fault'

export interface TlsFault {
  /**
   * Serve `https:` with a certificate that is `untrusted`, `expired` or for another host (`mismatched`). The `valid` one
   * has no fault: it is there to compare with, and to be redirected away from.
   */
  tls: 'valid' | 'untrusted' | 'expired' | 'mismatched'
}

/** What `https.createServer` needs where one of the faults is `tls`; otherwise the sandbox serves `http:`. */
export function tlsOptions(faults: Fault[]): Certificate | null {
  const fault = faults.find(isTlsFault)
  return fault ? makeCertificate(fault.tls) : null
}

/** Has the certificate valid once as many connections as the fault's `times` met the other. */
export function mendTls(server: Server, faults: Fault[]): void {
  const { times } = faults.find(isTlsFault) ?? {}
  let connections = 0
  if (times !== undefined && server instanceof TlsServer) {
    server.on('connection', () => {
      connections++
      // This connection has its certificate by now: Node's own listener comes first.
      if (connections === times) {
        server.setSecureContext(makeCertificate('valid'))
      }
    })
  }
}

function isTlsFault(fault: Fault): fault is TlsFault & { times?: number } {
  return 'tls' in fault
}
