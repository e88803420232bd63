import type { Server } from 'node:net'
import { Server as TlsServer } from 'node:tls'
import type { Certificate } from './certificate'
import { makeCertificate } from './certificate'
import { defineFault } from './definition'

const FLAWS = ['valid', 'untrusted', 'expired', 'mismatched'] as const

/** `valid` is no fault: it is there to compare with, and to be redirected away from. No request meets it. */
export const tls = defineFault({
  name: 'tls',
  values: FLAWS,
  parameters: {},
  meaning: 'serves https: with such a certificate; times counts connections',
  create: () => ({ isFor: () => false })
})

interface TlsFault {
  tls: (typeof FLAWS)[number]
  times?: number
}

export function isTlsFault(fault: object): fault is TlsFault {
  return 'tls' in fault
}

/** The options of `https.createServer` if one of the faults is `tls`; otherwise the sandbox serves `http:`. */
export function tlsOptions(faults: object[]): Certificate | null {
  const fault = faults.find(isTlsFault)
  return fault ? makeCertificate(fault.tls) : null
}

/** Makes the certificate valid once as many connections as the fault's `times` got the other. */
export function restoreCertificate(server: Server, faults: object[]): void {
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
