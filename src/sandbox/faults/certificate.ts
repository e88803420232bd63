import { generateKeyPairSync, sign } from 'node:crypto'
import type { pki } from 'node-forge'

/** PEM, for `https.createServer`. */
export interface Certificate {
  cert: string
  key: string
}

interface Features {
  name: string
  keys: Keys
  /** Default: the certificate signs itself. */
  issuer?: Certificate
  extensions: object[]
  /** Days from now. Default: a year. */
  validFor?: number
}

interface Keys {
  publicKey: string
  privateKey: string
}

/** Kinds of names, by their numbers in RFC 5280, 4.2.1.6. */
const DNS_NAME = 2
const IP_ADDRESS = 7

const LOOPBACK = [
  { type: DNS_NAME, value: 'localhost' },
  { type: IP_ADDRESS, ip: '127.0.0.1' }
]

// Loaded on first use: few sandboxes serve https, and it takes longer to load than all others of the sandbox's files.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const loadForge = () => require('node-forge') as typeof import('node-forge')

// Created once, on first use, because RSA keys are slow to create.
let authority: Certificate | undefined
let serverKeys: Keys | undefined

/** The certificate (PEM) of the authority that all sandboxes of this process share. */
export function certificateAuthority(): string {
  return theAuthority().cert
}

/**
 * A new certificate for this machine. `certificateAuthority` signs all except `untrusted`, so a client that trusts it
 * meets only the flaw.
 */
export function makeCertificate(flaw: 'valid' | 'untrusted' | 'expired' | 'mismatched'): Certificate {
  serverKeys ??= makeKeys()
  const forLoopback = { name: 'localhost', keys: serverKeys, extensions: [altNames(LOOPBACK)] }
  const issuer = theAuthority()
  switch (flaw) {
    case 'valid':
      return certify({ ...forLoopback, issuer })
    case 'untrusted':
      return certify(forLoopback)
    case 'expired':
      return certify({ ...forLoopback, issuer, validFor: -1 })
    case 'mismatched':
      return certify({
        ...forLoopback,
        issuer,
        extensions: [altNames([{ type: DNS_NAME, value: 'elsewhere.example' }])]
      })
  }
}

function theAuthority(): Certificate {
  authority ??= certify({
    name: "Astrolabe's sandbox",
    keys: makeKeys(),
    extensions: [{ name: 'basicConstraints', cA: true }]
  })
  return authority
}

/** Node's generator is much faster than that of forge, which is written in JavaScript. */
function makeKeys(): Keys {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' }
  })
}

function altNames(names: object[]): object {
  return { name: 'subjectAltName', altNames: names }
}

function certify({ name, keys, issuer, extensions, validFor = 365 }: Features): Certificate {
  const { md, pki } = loadForge()
  const subject = [{ name: 'commonName', value: name }]
  const certificate = pki.createCertificate()
  certificate.publicKey = pki.publicKeyFromPem(keys.publicKey)
  certificate.serialNumber = '01'
  certificate.validity.notBefore = inDays(-2)
  certificate.validity.notAfter = inDays(validFor)
  certificate.setSubject(subject)
  certificate.setIssuer(issuer ? pki.certificateFromPem(issuer.cert).subject.attributes : subject)
  certificate.setExtensions(extensions)
  certificate.sign(signingKey(certificate, issuer?.key ?? keys.privateKey), md.sha256.create())
  return { cert: pki.certificateToPem(certificate), key: keys.privateKey }
}

/** Signs a certificate by Node, which takes a hundredth of forge's time. */
function signingKey(certificate: pki.Certificate, privateKey: string): pki.rsa.PrivateKey {
  const { asn1 } = loadForge()
  return {
    sign: () => {
      const content = Buffer.from(asn1.toDer(certificate.tbsCertificate).getBytes(), 'latin1')
      return sign('sha256', content, privateKey).toString('latin1')
    }
  } as unknown as pki.rsa.PrivateKey
}

function inDays(days: number): Date {
  return new Date(Date.now() + days * 24 * 60 * 60_000)
}
