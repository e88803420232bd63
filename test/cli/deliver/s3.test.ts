import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import timers from 'node:timers/promises'
import v8 from 'node:v8'
import { gzipSync } from 'node:zlib'
import { startFauxqs } from 'fauxqs'
import { openS3 } from '../../../src/cli/s3'
import { findInputs } from '../../../src/delivery/inputs/find-inputs'
import { readEvents } from '../../../src/delivery/inputs/read-events'
import { startServer } from '../../http'
import type { LocalServer } from '../../http'
import { temporaryFolder } from '../../temporary-folder'
import { runCommandLine } from '../command-line'

const track = (n: number | string, more = {}) =>
  JSON.stringify({ type: 'track', event: 'e', userId: 'u', messageId: `m${n}`, ...more })

const file = temporaryFolder()

const before = { ...process.env }

beforeEach(() => {
  // Flags of V8 hold for the whole process, and so for the suites that follow.
  jest.spyOn(v8, 'setFlagsFromString').mockReturnValue()
  for (const name of Object.keys(process.env).filter((key) => /^(AWS_|ASTROLABE_)/.test(key))) {
    delete process.env[name]
  }
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'fake-key-id',
    AWS_SECRET_ACCESS_KEY: 'fake-secret',
    AWS_CONFIG_FILE: file('no-config'),
    AWS_SHARED_CREDENTIALS_FILE: file('no-credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
    // The SDK's own retries take time.
    AWS_MAX_ATTEMPTS: '1'
  })
})

afterEach(() => {
  jest.restoreAllMocks()
  process.env = { ...before }
})

describe('a bucket', () => {
  let s3: Awaited<ReturnType<typeof startFauxqs>>

  beforeEach(async () => {
    s3 = await startFauxqs({ port: 0, logger: false })
    s3.createBucket('history')
    process.env.AWS_ENDPOINT_URL_S3 = s3.address
  })

  afterEach(() => s3.stop())

  async function put(objects: Record<string, string | Uint8Array<ArrayBuffer>>) {
    for (const [key, body] of Object.entries(objects)) {
      await fetch(`${s3.address}/history/${encodeURIComponent(key)}`, { method: 'PUT', body })
    }
  }

  /** The places of the events, in the order in which they were delivered. */
  async function placesIn(...args: string[]) {
    const { stderr, exitCode } = await runCommandLine([
      ...['deliver', '--concurrency', '1', '--report', file('report'), '--report-all', ...args]
    ])
    expect([stderr, exitCode]).toEqual(['', 0])
    const lines = (await readFile(file('report'), 'utf8')).trim().split('\n')
    return lines.map((line) => JSON.parse(line) as { file: string; line: number }).map((at) => `${at.file}:${at.line}`)
  }

  it('is read in the order of folders, with what may hold events, packed or not', async () => {
    await put({
      'logs/src/10/1.gz': gzipSync(`${track(4)}\n${track(5)}`),
      'logs/src/9/10.gz': gzipSync(track(3)),
      'logs/src/9/a b=é.json': track(1),
      'logs/src/9/2.gz': gzipSync(track(2)),
      'logs/src/': '',
      'logs/src/.hidden/1.gz': track('hidden'),
      'logs/dummy-object.txt': 'test',
      'logs-old/1.gz': track('old')
    })

    const places = await placesIn('s3://history/logs')

    expect(places).toEqual([
      's3://history/logs/src/9/2.gz:1',
      's3://history/logs/src/9/10.gz:1',
      's3://history/logs/src/9/a b=é.json:1',
      's3://history/logs/src/10/1.gz:1',
      's3://history/logs/src/10/1.gz:2'
    ])
  })

  it('may have keys that are the same path', async () => {
    await put({ 'a//b': track(1), 'a/b': track(2), 'a/./b': track(3) })

    expect(await placesIn('s3://history', '--from', 's3://history/a/b:1')).toEqual(['s3://history/a/b:1'])
  })

  it('gives one object by its key, and to explain and a dry run too', async () => {
    await put({ 'logs/1.gz': gzipSync(track(1)), 'logs/1.gz.old': track(2) })

    expect(await placesIn('s3://history/logs/1.gz')).toEqual(['s3://history/logs/1.gz:1'])
    const { stdout } = await runCommandLine(['deliver', '--dry-run', 's3://history/logs/1.gz'])
    expect(stdout).toContain('would arrive   1\n')
    const explained = await runCommandLine(['explain', 's3://history/logs/1.gz'])
    expect(explained.stdout).toMatch(/^s3:\/\/history\/logs\/1\.gz, line 1: track "e"\n {2}This event would be sent/)
  })

  it.each([
    ['s3://history/log', 'There are no objects in s3://history/log.'],
    ['s3://other/logs', 'Cannot read s3://other/logs: there is no such bucket.'],
    ['s3://', 'Cannot read s3://: it names no bucket, such as s3://bucket/segment-logs.']
  ])('is not what %s names', async (url, problem) => {
    await put({ 'logs/1.gz': track(1) })

    expect(await runCommandLine(['deliver', url])).toMatchObject({ stderr: `error: ${problem}\n`, exitCode: 2 })
  })

  it('is found at an endpoint that has no names for buckets, and in a default region', async () => {
    await put({ '1.json': track(1) })
    process.env.AWS_ENDPOINT_URL_S3 = s3.address.replace('127.0.0.1', 'localhost')

    expect(await placesIn('s3://history')).toEqual(['s3://history/1.json:1'])
  })

  it('is read on where a checkpoint says, unless an object has changed', async () => {
    await put({ '1.json': `${track(1)}\n${track(2)}`, '2.json': track(3) })
    const command = ['deliver', '--checkpoint', file('checkpoint'), 's3://history']
    const first = await runCommandLine(command)
    const again = await runCommandLine(command)
    await put({ '1.json': `${track(1)}\n${track(9)}` })
    const changed = await runCommandLine(command)

    expect(first.stdout).toContain('delivered      3\n')
    expect(again.stderr).toContain('Nothing is left: all 3 events are done.')
    expect(changed.stderr).toContain('s3://history/1.json has changed since then.')
    expect(changed.exitCode).toBe(4)
  })
})

/** Responds to a request for these bytes. */
type Respond = (response: ServerResponse, bytes: Buffer) => void

describe('a connection that', () => {
  // Bytes that can't be packed, so that the object is larger than what a socket and a stream hold.
  const lines = Array.from({ length: 500 }, (_, n) =>
    track(n, { properties: { noise: randomBytes(600).toString('hex') } })
  )
  const content = gzipSync(lines.join('\n'))
  let server: LocalServer
  /** For one request after the other; the last one for all that follow. */
  let responses: Respond[]
  let asked: unknown[]

  const whole: Respond = (response, bytes) => response.end(bytes)
  const half: Respond = (response, bytes) =>
    response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy())
  const stalling: Respond = (response, bytes) => response.write(bytes.subarray(0, bytes.length / 2))
  const nothing: Respond = (response) => response.destroy()
  const headers: Respond = (response) => {
    response.flushHeaders()
    response.socket?.end()
  }
  const fromStart: Respond = (response) => {
    response.removeHeader('Content-Range')
    response.writeHead(200, { 'Content-Length': content.length }).end(content)
  }
  const status = (code: number, name: string): Respond => {
    return (response) => response.writeHead(code, { 'Content-Length': errorOf(name).length }).end(errorOf(name))
  }

  beforeEach(async () => {
    asked = []
    server = await startServer((request, response) => {
      if (request.url?.includes('list-type=2')) {
        response.end(
          `<ListBucketResult><Contents><Key>a.gz</Key><Size>${content.length}</Size><ETag>"1"</ETag></Contents></ListBucketResult>`
        )
        return
      }
      const { range, 'if-match': etag } = request.headers
      asked.push({ range, etag })
      const start = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0)
      const bytes = content.subarray(start)
      const respond = responses[Math.min(asked.length, responses.length) - 1]
      if (start > 0) {
        response.statusCode = 206
        response.setHeader('Content-Range', `bytes ${start}-${content.length - 1}/${content.length}`)
      }
      response.setHeader('Content-Length', bytes.length).setHeader('Content-Encoding', 'gzip')
      respond(response, bytes)
    })
    process.env.AWS_ENDPOINT_URL_S3 = server.origin
  })

  afterEach(() => server.close())

  async function messageIds(socketTimeout?: number) {
    const ids: unknown[] = []
    const [input] = await findInputs(
      ['s3://b/a.gz'],
      () => process.stdin,
      () => openS3(socketTimeout)
    )
    for await (const reads of readEvents(input.open(), { file: input.name, input: 0 })) {
      ids.push(...reads.map((read) => ('event' in read ? read.event.messageId : read.problem)))
    }
    return ids
  }

  it.each([
    ['breaks', half, undefined],
    ['stalls', stalling, 100]
  ])('%s is continued in the middle of the object, twice', async (_how, broken, timeout) => {
    responses = [broken, broken, whole]

    expect(await messageIds(timeout)).toEqual(lines.map((_, n) => `m${n}`))
    expect(asked).toEqual([
      { etag: '"1"' },
      { range: expect.stringMatching(/^bytes=\d{5,}-$/), etag: '"1"' },
      { range: expect.stringMatching(/^bytes=\d{5,}-$/), etag: '"1"' }
    ])
  })

  it.each([
    ['before the response', nothing, "S3 can't be reached:"],
    ['before the first byte', headers, 'the connection broke several times.']
  ])('keeps breaking %s ends the run after several waits', async (_when, broken, problem) => {
    const sleep = jest.spyOn(timers, 'setTimeout').mockResolvedValue(undefined)
    responses = [half, broken]

    const { stdout, exitCode } = await runCommandLine(['deliver', 's3://b'])

    expect(stdout).toContain(`Stopped: s3://b/a.gz can't be read any further: ${problem}`)
    expect(exitCode).toBe(3)
    expect(sleep.mock.calls.map(([wait]) => Number(wait) >= 1000)).toEqual([false, true, true, true, true, true])
  })

  it('ends the run if the store can only start anew, because events would arrive twice', async () => {
    responses = [half, fromStart]

    const { stdout, exitCode } = await runCommandLine(['deliver', 's3://b'])

    expect(stdout).toContain('the connection broke, and the store ignores Range, so the rest is missing.')
    expect(exitCode).toBe(4)
  })

  it.each([
    ['was replaced', 412, 'PreconditionFailed', 'the object was replaced after this run found it'],
    ['is gone', 404, 'NoSuchKey', 'the object is gone'],
    ['may not be read', 403, 'AccessDenied', 'access denied. The credentials need s3:ListBucket'],
    ['is archived', 403, 'InvalidObjectState', 'the object is in an archive class, such as Glacier. Restore it first']
  ])('belongs to an object that %s ends the run', async (_how, code, name, problem) => {
    responses = [half, status(code, name)]

    const { stdout } = await runCommandLine(['deliver', 's3://b'])

    expect(stdout).toContain(`Stopped: s3://b/a.gz can't be read any further: ${problem}`)
    expect(asked).toHaveLength(2)
  })
})

function errorOf(name: string) {
  return `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${name}</Code><Message>fake-secret</Message></Error>`
}

describe('what keeps a bucket from being read is said in one sentence:', () => {
  it.each([
    [
      403,
      'AccessDenied',
      {},
      2,
      'access denied. The credentials need s3:ListBucket for the bucket and s3:GetObject for its objects.'
    ],
    [
      403,
      'SignatureDoesNotMatch',
      {},
      2,
      'S3 rejects the credentials (SignatureDoesNotMatch). Check the key ID, its secret and the clock of this machine.'
    ],
    [400, 'ExpiredToken', {}, 2, 'the AWS credentials have expired. Sign in again, for example with aws sso login.'],
    [
      301,
      'PermanentRedirect',
      { 'x-amz-bucket-region': 'eu-west-1' },
      2,
      'the bucket is in another region. Set AWS_REGION to eu-west-1.'
    ],
    [503, 'SlowDown', {}, 3, 'S3 responded with 503 SlowDown.']
  ])('%i %s', async (status, name, headers, code, problem) => {
    const server = await startServer((_request, response) => response.writeHead(status, headers).end(errorOf(name)))
    process.env.AWS_ENDPOINT_URL_S3 = server.origin

    const { stderr, exitCode } = await runCommandLine(['deliver', 's3://history/logs'])
    await server.close()

    expect(stderr).toBe(`error: Cannot read s3://history/logs: ${problem}\n`)
    expect(exitCode).toBe(code)
  })

  it('no credentials', async () => {
    delete process.env.AWS_ACCESS_KEY_ID

    const { stderr, exitCode } = await runCommandLine(['explain', 's3://history/logs'])

    expect(stderr).toBe(
      'error: Cannot read s3://history/logs: there are no AWS credentials (Could not load credentials from any providers). Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.\n'
    )
    expect(exitCode).toBe(2)
  })

  it.each([
    [
      'gs://history/logs',
      "error: gs:// can't be read, but Google's S3 interface can. Create an HMAC key, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to it and AWS_ENDPOINT_URL_S3 to https://storage.googleapis.com, and name s3://history/logs.\n"
    ],
    [
      'az://history/logs',
      "error: az:// can't be read, only s3://. Download the files first, for example with azcopy copy.\n"
    ],
    ['https://history.example.com/logs', "error: https:// can't be read, only s3://. Download the files first.\n"]
  ])('%s', async (url, problem) => {
    expect(await runCommandLine(['deliver', url])).toMatchObject({ stderr: problem, exitCode: 2 })
  })
})
