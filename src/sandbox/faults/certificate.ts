import { generateKeyPairSync } from 'node:crypto'
import { md, pki } from 'node-forge'

/** PEM, as `https.createServer` takes it. */
export interface Certificate {
  cert: string
  key: string
}

interface Features {
  /** Default: the certificate signs itself. */
  issuer?: Certificate
  isAuthority?: true
  /** Names and addresses that it is for. Default: this machine's loopback. */
  hosts?: ({ type: typeof DNS_NAME; value: string } | { type: typeof IP_ADDRESS; ip: string })[]
  /** Days from now. Default: a year. */
  validFor?: number
}

/** Kinds of names, by their numbers in RFC 5280, 4.2.1.6. */
const DNS_NAME = 2
const IP_ADDRESS = 7

const LOOPBACK: Features['hosts'] = [
  { type: DNS_NAME, value: 'localhost' },
  { type: IP_ADDRESS, ip: '127.0.0.1' }
]

let authority: Certificate | undefined

/**
 * The certificate of the authority that the sandboxes of this process share, PEM. Made on first use, as all keys are: it
 * lives and ends with the process.
 */
export function certificateAuthority(): string {
  return theAuthority().cert
}

/**
 * A new certificate for this machine. All but the `untrusted` one are signed by `certificateAuthority`, so that a client
 * that trusts it meets that one thing that is wrong.
 */
export function makeCertificate(flaw: 'valid' | 'untrusted' | 'expired' | 'mismatched'): Certificate {
  const issuer = theAuthority()
  switch (flaw) {
    case 'valid':
      return certify('localhost', { issuer })
    case 'untrusted':
      return certify('localhost', {})
    case 'expired':
      return certify('localhost', { issuer, validFor: -1 })
    case 'mismatched':
      return certify('elsewhere.example', { issuer, hosts: [{ type: DNS_NAME, value: 'elsewhere.example' }] })
  }
}

function theAuthority(): Certificate {
  authority ??= certify("Astrolabe's sandbox", { isAuthority: true, hosts: [] })
  return authority
}

function certify(name: string, { issuer, isAuthority, hosts = LOOPBACK, validFor = 365 }: Features): Certificate {
  // Node makes keys much faster than forge, which does all in JavaScript.
  const { publicKey, privateKey: key } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' }
  })
  const subject = [{ name: 'commonName', value: name }]
  const certificate = pki.createCertificate()
  certificate.publicKey = pki.publicKeyFromPem(publicKey)
  certificate.serialNumber = '01'
  certificate.validity.notBefore = inDays(-2)
  certificate.validity.notAfter = inDays(validFor)
  certificate.setSubject(subject)
  certificate.setIssuer(issuer ? pki.certificateFromPem(issuer.cert).subject.attributes : subject)
  certificate.setExtensions(
    isAuthority ? [{ name: 'basicConstraints', cA: true }] : [{ name: 'subjectAltName', altNames: hosts }]
  )
  certificate.sign(pki.privateKeyFromPem(issuer?.key ?? key), md.sha256.create())
  return { cert: pki.certificateToPem(certificate), key }
}

function inDays(days: number): Date {
  return new Date(Date.now() + days * 24 * 60 * 60_000)
}
