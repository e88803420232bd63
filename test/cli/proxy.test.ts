import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { startSandbox } from '../../src/sandbox/start'
import { temporaryFolder } from '../temporary-folder'
import { runCommandLine } from './command-line'

const PROXY_VARIABLES = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY', 'ALL_PROXY']
const S3 = {
  AWS_ENDPOINT_URL_S3: 'https://s3.invalid',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'fake-key-id',
  AWS_SECRET_ACCESS_KEY: 'fake-secret',
  AWS_MAX_ATTEMPTS: '1'
}
const VARIABLES = [
  ...PROXY_VARIABLES,
  ...PROXY_VARIABLES.map((name) => name.toLowerCase()),
  ...Object.keys(S3),
  'ASTROLABE_INGEST_URL'
]
const before = { agent: https.globalAgent, environment: VARIABLES.map((name) => process.env[name]) }

const file = temporaryFolder()
const asked: string[] = []
let proxy: http.Server

/** A proxy that refuses every connection, and notes what it was asked for. */
beforeEach(async () => {
  asked.length = 0
  VARIABLES.forEach((name) => delete process.env[name])
  proxy = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    response.writeHead(502).end()
  })
  proxy.on('connect', (request: http.IncomingMessage, socket: NodeJS.WritableStream) => {
    asked.push(`CONNECT ${request.url}`)
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
  })
  await once(proxy.listen(0, '127.0.0.1'), 'listening')
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  Object.assign(process.env, { HTTPS_PROXY: url, HTTP_PROXY: url })
})

afterEach(async () => {
  proxy.closeAllConnections()
  await new Promise((resolve) => proxy.close(resolve))
  https.globalAgent = before.agent
  VARIABLES.forEach((name, index) => {
    delete process.env[name]
    Object.assign(process.env, before.environment[index] === undefined ? {} : { [name]: before.environment[index] })
  })
})

async function deliver(apiKey: string) {
  await writeFile(file('events.ndjson'), JSON.stringify({ type: 'track', event: 'e', userId: 'u', messageId: 'm' }))
  return runCommandLine(['deliver', '--api-key', apiKey, '--retries', '0', file('events.ndjson')])
}

const check = (url: string) =>
  runCommandLine(['check', '--read-only', '--api-key', 'fake-api-key', '--url', url, '--rule', 'good-key'])

describe('a proxy', () => {
  it('is asked for the host of the API, and named if it refuses', async () => {
    process.env.ASTROLABE_INGEST_URL = 'https://api.invalid/v1'

    const { stdout } = await deliver('fake-api-key')

    expect(asked).toEqual(['CONNECT api.invalid:443'])
    expect(stdout).toContain('Stopped: the proxy refuses to connect to the API. Check HTTPS_PROXY and its credentials')
  })

  it('is asked and named by a check too', async () => {
    const { stderr, exitCode } = await check('https://api.invalid/v1')

    expect(asked).toEqual(['CONNECT api.invalid:443'])
    expect(stderr).toBe(
      'error: Cannot reach https://api.invalid/v1/events: the proxy in HTTPS_PROXY refused to connect, with status 407.\n'
    )
    expect(exitCode).toBe(2)
  })

  it('is named if it cannot be reached', async () => {
    process.env.HTTPS_PROXY = 'http://127.0.0.1:9'
    process.env.ASTROLABE_INGEST_URL = 'https://api.invalid/v1'

    expect((await check('https://api.invalid/v1')).stderr).toContain(
      "the proxy in HTTPS_PROXY can't be reached: connect ECONNREFUSED 127.0.0.1:9."
    )
    expect((await deliver('fake-api-key')).stdout).toContain(
      "Stopped: the proxy can't be reached. Check HTTPS_PROXY, or exclude the API with NO_PROXY."
    )
  })

  it('is not asked for a host in NO_PROXY', async () => {
    process.env.ASTROLABE_INGEST_URL = 'https://127.0.0.1:9/v1'
    process.env.NO_PROXY = '127.0.0.1'

    await deliver('fake-api-key')
    await check('https://127.0.0.1:9/v1')

    expect(asked).toEqual([])
  })

  it('is asked for the host of S3, unless NO_PROXY excludes it', async () => {
    Object.assign(process.env, S3)

    const { stderr } = await runCommandLine(['explain', 's3://bucket/key'])

    expect(stderr).toBe(
      "error: Cannot read s3://bucket/key: S3 can't be reached: the proxy in HTTPS_PROXY refused to connect, with status 407.\n"
    )
    expect(asked).toEqual(['CONNECT s3.invalid:443'])
    process.env.NO_PROXY = 's3.invalid'
    await runCommandLine(['explain', 's3://bucket/key'])
    expect(asked).toHaveLength(1)
  })

  it('gets no request to this machine over plain http', async () => {
    const sandbox = await startSandbox()
    process.env.ASTROLABE_INGEST_URL = sandbox.url

    const { stdout } = await deliver(sandbox.apiKey)
    await sandbox.close()

    expect(stdout).toContain('delivered      1\n')
    expect(asked).toEqual([])
  })
})
