import { once } from 'node:events'
import { connect as connectTcp } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { TLSSocket } from 'node:tls'
import { startSandbox } from '../../../src/sandbox/start'
import type { RunningSandbox } from '../../../src/sandbox/start'
import { basic } from '../../http'

let sandbox: RunningSandbox
let sockets: { destroy(): void }[] = []

afterEach(async () => {
  sockets.forEach((socket) => socket.destroy())
  sockets = []
  await sandbox.close()
})

const portOf = ({ url }: RunningSandbox) => Number(new URL(url).port)

/** Resolves with the code of what is wrong with the certificate, to a client that trusts the sandbox's authority. */
async function flaw(): Promise<string | undefined> {
  const socket = connectTls({ host: '127.0.0.1', port: portOf(sandbox), ca: sandbox.certificateAuthority })
  sockets.push(socket)
  return once(socket, 'secureConnect').then(
    () => undefined,
    ({ code }: NodeJS.ErrnoException) => code
  )
}

describe('a sandbox with TLS', () => {
  it.each([
    ['valid', undefined],
    ['untrusted', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['expired', 'CERT_HAS_EXPIRED'],
    ['mismatched', 'ERR_TLS_CERT_ALTNAME_INVALID']
  ] as const)('has a certificate that is %s, and nothing else wrong with it', async (tls, code) => {
    sandbox = await startSandbox({ faults: [{ tls }] })

    expect(sandbox.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/v1$/)
    expect(await flaw()).toBe(code)
  })

  it('has a good certificate after as many connections as it was told', async () => {
    sandbox = await startSandbox({ faults: [{ tls: 'expired', times: 2 }] })

    expect([await flaw(), await flaw(), await flaw()]).toEqual(['CERT_HAS_EXPIRED', 'CERT_HAS_EXPIRED', undefined])
  })

  it('is what it is asked for, and no other', async () => {
    sandbox = await startSandbox({ faults: [{ status: 503 }] })

    expect(sandbox.url).toMatch(/^http:/)
    expect(sandbox.certificateAuthority).toBeUndefined()
  })

  it('closes without waiting for one that never finishes its handshake', async () => {
    sandbox = await startSandbox({ faults: [{ tls: 'valid' }] })
    const socket = connectTcp(portOf(sandbox), '127.0.0.1')
    sockets.push(socket)
    await once(socket, 'connect')
    // Accepted in order: the sandbox has the first connection once it has the second.
    expect(await flaw()).toBeUndefined()

    await expect(sandbox.close()).resolves.toBeUndefined()
  })

  it('responds to a running request before it closes', async () => {
    sandbox = await startSandbox({ faults: [{ tls: 'valid' }] })
    const client = connectTls({ host: '127.0.0.1', port: portOf(sandbox), ca: sandbox.certificateAuthority })
    sockets.push(client)
    client.write(
      `POST /v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${basic(`${sandbox.apiKey}:`)}\r\nContent-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n`
    )
    expect(await nextText(client)).toMatch(/^HTTP\/1\.1 100 Continue/)

    const closed = sandbox.close()
    client.write('{}')

    expect(await nextText(client)).toMatch(/^HTTP\/1\.1 400 Bad Request/)
    await expect(closed).resolves.toBeUndefined()
  })
})

async function nextText(socket: TLSSocket): Promise<string> {
  const [chunk] = (await once(socket, 'data')) as [Buffer]
  return chunk.toString()
}
