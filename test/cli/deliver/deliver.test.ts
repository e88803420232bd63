import { createReadStream } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { endTimersOf } from '../../end-timers'
import { runCommandLine, runReloadedCommandLine } from '../command-line'

const track = (n: number, more = {}) =>
  JSON.stringify({ type: 'track', event: 'User Registered', userId: `userId${n}`, messageId: `m${n}`, ...more })

let folder: string

const file = (name: string) => path.join(folder, name)

async function write(name: string, content: string | Buffer): Promise<string> {
  await writeFile(file(name), content)
  return file(name)
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'astrolabe-segment-'))
  delete process.env.ASTROLABE_API_KEY
  delete process.env.ASTROLABE_INGEST_URL
})

afterEach(async () => {
  await rm(folder, { recursive: true })
  delete process.env.ASTROLABE_API_KEY
  delete process.env.ASTROLABE_INGEST_URL
})

/** Numbers in the sandbox's address differ from run to run. */
const withoutPort = (text: string) => text.replace(/:\d{4,5}\//g, ':PORT/')

describe('deliver without a key', () => {
  it('delivers to the sandbox, says so first, and sums up', async () => {
    const events = await write(
      'events.ndjson',
      [track(1), track(2), '{"type":"page"}', track(3, { integrations: { All: false } })].join('\n')
    )

    const { stdout, stderr, exitCode } = await runCommandLine(['deliver', events])

    expect(withoutPort(stdout)).toBe(
      [
        'No API key: delivering to the sandbox in this process (http://127.0.0.1:PORT/v1), which forgets everything when it ends.',
        'read           4',
        'delivered      2',
        'not subscribed 1',
        'filtered       1',
        'rejected       0',
        'failed         0',
        ''
      ].join('\n')
    )
    expect(stderr).toBe('')
    expect(exitCode).toBe(0)
  })

  it('gives the first reasons with their lines, says what to do, and exits with 1', async () => {
    const events = await write(
      'events.ndjson',
      [track(1), '', 'no JSON', '[]', '{}', track(2, { userId: '' })].join('\n')
    )

    const { stdout, exitCode } = await runCommandLine(['deliver', events])

    const [, ...lines] = stdout.split('\n')
    expect(lines.slice(0, 6)).toEqual([
      'read           5',
      'delivered      1',
      'not subscribed 0',
      'filtered       0',
      'rejected       4',
      'failed         0'
    ])
    expect(lines.slice(7, 11).map((line) => line.split('.')[0] + '.' + line.split('.')[1])).toEqual([
      `${events}, line 3: rejected`,
      `${events}, line 4: rejected`,
      `${events}, line 5: rejected`,
      `${events}, line 6: rejected`
    ])
    expect(lines[10]).toBe(
      `${events}, line 6: rejected. User ID and Anonymous ID are both empty. Map at least one of them: Astrolabe needs it to know whose data this is.`
    )
    expect(lines[12]).toBe(
      'Add --undelivered FILE to keep what did not arrive, and deliver that file once the reason is gone.'
    )
    expect(exitCode).toBe(1)
  })

  it('shows ten reasons and counts the rest', async () => {
    const events = await write('events.ndjson', Array(12).fill('{}').join('\n'))

    const { stdout } = await runCommandLine(['deliver', events])

    expect(stdout.match(/, line \d+: rejected/g)).toHaveLength(10)
    expect(stdout).toContain('\n… and 2 more.\n')
  })

  it.each([
    ['an array', (lines: string[]) => `[${lines.join(',')}]`],
    ['gzip under any name', (lines: string[]) => gzipSync(lines.join('\n'))]
  ])('reads %s', async (_form, encode) => {
    const events = await write('events', encode([track(1), track(2)]))

    expect((await runCommandLine(['deliver', events])).stdout).toContain('delivered      2\n')
  })

  it('counts the items of an array, not lines', async () => {
    const events = await write('events.json', `[${track(1)},\n\n7]`)

    expect((await runCommandLine(['deliver', events])).stdout).toContain(`${events}, item 2: rejected.`)
  })

  it('reads several files in order, and standard input', async () => {
    const [a, b] = [await write('a.ndjson', track(1)), await write('b.ndjson', 'broken')]

    const { stdout } = await runCommandLine(['deliver', a, '-', b], { stdin: `${track(2)}\nbroken` })

    expect(stdout).toContain('read           4\ndelivered      2\n')
    expect(stdout.match(/^.*(?=: rejected)/gm)).toEqual(['standard input, line 2', `${b}, line 1`])
  })
})

describe('--json', () => {
  it('prints one object on standard output and nothing else there', async () => {
    const events = await write('events.ndjson', [track(1), '{}', '{"type":"page"}'].join('\n'))

    const { stdout, stderr, exitCode } = await runCommandLine(['deliver', '--json', events])

    expect(JSON.parse(stdout)).toEqual({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/v1$/),
      sandbox: true,
      read: 3,
      delivered: 1,
      notSubscribed: 1,
      filtered: 0,
      rejected: 1,
      failed: 0,
      notTried: 0,
      reasons: [{ file: events, unit: 'line', line: 2, outcome: 'rejected', reason: expect.stringContaining('type') }]
    })
    expect(stdout.split('\n')).toHaveLength(2)
    expect(stderr).toMatch(/^No API key: delivering to the sandbox/)
    expect(exitCode).toBe(1)
  })
})

describe('--undelivered', () => {
  it('keeps what did not arrive, as it was read, to be delivered again', async () => {
    const refused = track(2, { userId: '' })
    const events = await write('events.ndjson', [track(1), refused, 'no JSON', track(3)].join('\n'))

    const { stdout } = await runCommandLine(['deliver', '--undelivered', file('again.ndjson'), events])

    expect(await readFile(file('again.ndjson'), 'utf8')).toBe(`${refused}\nno JSON\n`)
    expect(stdout).toContain(
      `\n2 of what did not arrive is in ${file('again.ndjson')}: deliver that file once the reason is gone.\n`
    )
    expect((await stat(file('again.ndjson'))).mode & 0o777).toBe(0o600)
  })

  it('stops the run where the file cannot be written any more, rather than to lose what follows', async () => {
    const events = await write('events.ndjson', ['{}', '{}', track(1)].join('\n'))
    jest.doMock('../../../src/cli/deliver/undelivered-file', () => ({
      createUndeliveredFile: async () => ({
        keep: () => Promise.reject(new Error('Cannot write again.ndjson: ENOSPC.')),
        kept: 0,
        close: async () => undefined
      })
    }))

    const { stdout, exitCode } = await runReloadedCommandLine(['deliver', '--undelivered', 'again.ndjson', events])
    jest.dontMock('../../../src/cli/deliver/undelivered-file')

    expect(stdout).toContain('read           1\n')
    expect(stdout).toContain(
      `\nStopped at ${events}, line 1. Cannot write again.ndjson: ENOSPC. What follows was not delivered.\n`
    )
    expect(stdout).not.toContain('there is no whole line of it')
    expect(exitCode).toBe(1)
  })

  it('says how much it could not keep', async () => {
    const events = await write('events.json', '[{"type":"track"},')

    const { stdout } = await runCommandLine(['deliver', '--undelivered', file('again.ndjson'), events])

    expect(stdout).toContain(
      '\n1 could not be kept, as there is no whole line of it: see the reasons, and mend the input itself.\n'
    )
    expect(stdout).not.toContain('again.ndjson')
    expect(await readdir(folder)).toEqual(['events.json'])
  })

  it('does not take an empty name for none', async () => {
    const { stderr, exitCode } = await runCommandLine(['deliver', '--undelivered', '', await write('e', track(1))])

    expect(stderr).toBe('error: The name of the file for --undelivered is empty.\n')
    expect(exitCode).toBe(2)
  })

  it('is not made where there is nowhere to deliver to', async () => {
    process.env.ASTROLABE_INGEST_URL = 'http://ingest.astrolabe.example/v1'
    const events = await write('events.ndjson', track(1))

    await runCommandLine(['deliver', '--api-key', 'fake-api-key', '--undelivered', file('again.ndjson'), events])

    expect(await readdir(folder)).toEqual(['events.ndjson'])
  })

  it('leaves no file behind where everything arrived', async () => {
    const events = await write('events.ndjson', track(1))

    await runCommandLine(['deliver', '--undelivered', file('again.ndjson'), events])

    expect(await readdir(folder)).toEqual(['events.ndjson'])
  })

  it('never overwrites a file', async () => {
    const events = await write('events.ndjson', track(1))

    const { stderr, exitCode } = await runCommandLine(['deliver', '--undelivered', events, events])

    expect(stderr).toBe(`error: ${events} exists already. Name another file.\n`)
    expect(exitCode).toBe(2)
    expect(await readFile(events, 'utf8')).toBe(track(1))
  })

  it('says so where the file cannot be made', async () => {
    const events = await write('events.ndjson', track(1))

    const { stderr, exitCode } = await runCommandLine(['deliver', '--undelivered', file('no/such'), events])

    expect(stderr).toBe(`error: Cannot write ${file('no/such')}: ENOENT.\n`)
    expect(exitCode).toBe(2)
  })
})

describe('deliver with a key', () => {
  let server: Server
  let requests: { url?: string; authorization?: string; body: unknown }[]
  let statuses: number[]

  beforeEach(async () => {
    requests = []
    statuses = []
    server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => {
          const body: unknown = JSON.parse(Buffer.concat(chunks).toString())
          requests.push({ url: request.url, authorization: request.headers.authorization, body })
          response.writeHead(statuses.shift() ?? 200, { 'retry-after': '0' }).end()
        })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    process.env.ASTROLABE_INGEST_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  })

  afterEach(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  it.each([
    ['--api-key', ['--api-key', 'fake-api-key'], undefined],
    ['ASTROLABE_API_KEY', [], 'fake-api-key']
  ])("delivers to the user's own Astrolabe, with the key of %s", async (_source, args, environment) => {
    if (environment) {
      process.env.ASTROLABE_API_KEY = environment
    }
    const events = await write('events.ndjson', track(1))

    const { stdout, stderr, exitCode } = await runCommandLine(['deliver', ...args, events])

    expect(requests).toEqual([
      { url: '/v1/events', authorization: 'Basic ZmFrZS1hcGkta2V5Og==', body: JSON.parse(track(1)) }
    ])
    expect(stdout).toMatch(/^Delivering to http:\/\/127\.0\.0\.1:\d+\/v1\nread/)
    expect(stdout + stderr).not.toContain('fake-api-key')
    expect(exitCode).toBe(0)
  })

  it('counts as failed, and keeps, what Astrolabe could not take', async () => {
    statuses = [503, 200]
    const events = await write('events.ndjson', `${track(1)}\n${track(2)}`)
    const args = ['--api-key', 'fake-api-key', '--retries', '0', '--undelivered', file('again')]

    const { stdout, exitCode } = await runCommandLine(['deliver', ...args, events])

    expect(stdout).toContain(
      'delivered      1\nnot subscribed 0\nfiltered       0\nrejected       0\nfailed         1\n'
    )
    expect(await readFile(file('again'), 'utf8')).toBe(`${track(1)}\n`)
    expect(exitCode).toBe(1)
  })

  describe('where no event gets through', () => {
    const again = () => file('again')
    const untaken = async (count: number) =>
      write('events.ndjson', Array.from({ length: count }, (_, n) => track(n + 1)).join('\n'))

    it('is given up at once with a refused key, and keeps all events', async () => {
      statuses = [401]
      const events = await untaken(3)

      const { stdout, exitCode } = await runCommandLine([
        ...['deliver', '--api-key', 'fake-api-key', '--undelivered', again()],
        events
      ])

      expect(requests).toHaveLength(1)
      expect(stdout).toContain('read           3\ndelivered      0\n')
      expect(stdout).toContain('rejected       1\nfailed         0\nnot tried      2\n')
      expect(stdout).not.toContain('more.')
      expect(stdout).toContain(
        `\nStopped at ${events}, line 1. Astrolabe does not accept the API key, so it would refuse every event. What follows was kept, and not delivered.\n`
      )
      expect(stdout).toContain(`\n3 of what did not arrive is in ${again()}: deliver`)
      expect(await readFile(again(), 'utf8')).toBe(`${track(1)}\n${track(2)}\n${track(3)}\n`)
      expect(exitCode).toBe(1)
    })

    it('is given up after three failures in a row, and says where to go on', async () => {
      statuses = [200, 503, 503, 503]
      const events = await untaken(9)

      const { stdout, exitCode } = await runCommandLine([
        ...['deliver', '--api-key', 'fake-api-key', '--retries', '0'],
        events
      ])

      expect(requests).toHaveLength(4)
      expect(stdout).toContain('read           4\ndelivered      1\n')
      expect(stdout).toContain(
        `\nStopped at ${events}, line 4. 3 events in a row did not get through, so the next ones hardly would. What follows was not delivered.\n`
      )
      expect(stdout).toContain(`\nOnce the reason is gone, deliver from ${events}, line 2 on.\n`)
      expect(exitCode).toBe(1)
    })

    it('does not say that it kept what it was stopped from keeping', async () => {
      statuses = [401]
      let stop = () => {}
      const untilStopped = () => new Promise<void>((resolve) => (stop = resolve))
      const keep = jest.fn(async () => {
        if (keep.mock.calls.length === 2) {
          stop()
        }
      })
      jest.doMock('../../../src/cli/deliver/undelivered-file', () => ({
        createUndeliveredFile: async () => ({ keep, kept: 2, close: async () => undefined })
      }))
      const events = await untaken(9)

      const args = ['deliver', '--api-key', 'fake-api-key', '--undelivered', again(), events]
      const { stdout } = await runReloadedCommandLine(args, { untilStopped })
      jest.dontMock('../../../src/cli/deliver/undelivered-file')

      expect(stdout).toContain(`\nStopped at ${events}, line 2. What follows was not delivered.\n`)
    })

    it('says so in JSON too', async () => {
      statuses = [403]
      const events = await untaken(2)

      const { stdout } = await runCommandLine(['deliver', '--api-key', 'fake-api-key', '--json', events])

      expect(JSON.parse(stdout)).toMatchObject({
        read: 1,
        rejected: 1,
        stoppedAt: `${events}, line 1. The API key may not send data, so Astrolabe would refuse every event.`,
        resumeAt: `${events}, line 1`
      })
    })
  })

  describe('trying again', () => {
    beforeEach(() => {
      // The first wait is one second then, which ends at once.
      jest.spyOn(Math, 'random').mockReturnValue(0)
      endTimersOf(1000)
    })

    afterEach(() => {
      jest.restoreAllMocks()
    })

    const SAID =
      'line 1: trying again. Astrolabe could not take this for now (status 503). Segment sends it again later.\n'

    it('is said once for each event, on standard error', async () => {
      statuses = [503, 200, 200]
      const events = await write('events.ndjson', `${track(1)}\n${track(2)}`)

      const { stdout, stderr } = await runCommandLine(['deliver', '--api-key', 'fake-api-key', events])

      expect(stdout).toContain('delivered      2\n')
      expect(stderr).toBe(`${events}, ${SAID}`)
    })

    it('is said above the bar on a terminal', async () => {
      statuses = [503]
      const events = await write('events.ndjson', track(1))

      const { stderr } = await runCommandLine(['deliver', '--api-key', 'fake-api-key', events], { isTTY: true })

      expect(stderr).toContain(`\r\x1b[K${events}, ${SAID}`)
    })

    it('is not said with --json', async () => {
      statuses = [503]
      const events = await write('events.ndjson', track(1))

      const { stderr } = await runCommandLine(['deliver', '--api-key', 'fake-api-key', '--json', events])

      expect(stderr).toMatch(/^Delivering to \S+\n$/)
    })
  })

  it('does not take an empty key for none', async () => {
    process.env.ASTROLABE_API_KEY = ' '

    const { stderr, exitCode } = await runCommandLine(['deliver', await write('events.ndjson', track(1))])

    expect(stderr).toBe('error: The API key is empty. Leave it out altogether to deliver to the sandbox.\n')
    expect(exitCode).toBe(2)
  })

  it('refuses an ingest URL that the key must not go to', async () => {
    process.env.ASTROLABE_INGEST_URL = 'http://ingest.astrolabe.example/v1'
    const events = await write('events.ndjson', track(1))

    const { stderr, exitCode } = await runCommandLine(['deliver', '--api-key', 'fake-api-key', events])

    expect(stderr).toMatch(/^error: ASTROLABE_INGEST_URL is invalid\. The base URL must be an https: URL/)
    expect(exitCode).toBe(2)
  })
})

describe('a file that cannot be read', () => {
  it('stops everything before the first event, with one sentence', async () => {
    const events = await write('events.ndjson', track(1))

    expect(await runCommandLine(['deliver', events, file('missing.ndjson')])).toEqual({
      stdout: '',
      stderr: `error: Cannot read ${file('missing.ndjson')}: there is no such file.\n`,
      exitCode: 2
    })
  })

  it('may be a folder', async () => {
    expect((await runCommandLine(['deliver', folder])).stderr).toBe(`error: Cannot read ${folder}: it is a folder.\n`)
  })

  it('may have a name that no file can have', async () => {
    const name = 'x'.repeat(5000)

    expect((await runCommandLine(['deliver', name])).stderr).toBe(`error: Cannot read ${name}: ENAMETOOLONG.\n`)
  })

  it('may be standard input that is named twice', async () => {
    expect((await runCommandLine(['deliver', '-', '-'])).stderr).toBe(
      'error: Standard input (-) can be read only once.\n'
    )
  })

  it('may break off in the middle: what was read before counts', async () => {
    const events = await write('events.ndjson', `${track(1)}\n`)
    jest.doMock('node:fs', () => ({
      ...jest.requireActual<typeof import('node:fs')>('node:fs'),
      createReadStream: (name: string) =>
        createReadStream(name).pipe(
          new PassThrough({ flush: (callback) => callback(new Error('EIO: i/o error, read')) })
        )
    }))

    const { stdout, exitCode } = await runReloadedCommandLine(['deliver', events])
    jest.dontMock('node:fs')

    expect(stdout).toContain('failed         1\n')
    expect(stdout).toContain(': failed. Reading stopped here: EIO: i/o error, read.\n')
    expect(exitCode).toBe(1)
  })
})

describe('progress', () => {
  it('is a line for every 1,000 events where there is no terminal', async () => {
    const events = await write('events.ndjson', Array(2001).fill('{}').join('\n'))

    expect((await runCommandLine(['deliver', events])).stderr).toBe('1000 events read\n2000 events read\n')
  })

  it('is a bar on a terminal', async () => {
    const events = await write('events.ndjson', `${track(1)}\n${track(2)}`)

    const { stderr } = await runCommandLine(['deliver', events], { isTTY: true })

    expect(stderr).toContain('0% | 0 events')
  })

  it('is lines on a terminal too where the size is not known', async () => {
    expect((await runCommandLine(['deliver', '-'], { isTTY: true, stdin: track(1) })).stderr).toBe('')
  })
})

describe('Ctrl+C', () => {
  it('ends the run after the event that is being delivered, and says where', async () => {
    const events = await write('events.ndjson', [track(1), track(2), track(3)].join('\n'))
    jest.doMock('../../../src/runtime/runtime', () => ({
      createRuntime: () => ({
        deliver: async () => {
          stop()
          return [{ outcome: 'delivered' }]
        }
      })
    }))
    let stop = () => {}
    const untilStopped = () => new Promise<void>((resolve) => (stop = resolve))

    const { stdout, exitCode } = await runReloadedCommandLine(['deliver', events], { untilStopped })
    jest.dontMock('../../../src/runtime/runtime')

    expect(stdout).toContain('read           1\ndelivered      1\n')
    expect(stdout).toContain(`\nStopped at ${events}, line 1. What follows was not delivered.\n`)
    expect(exitCode).toBe(1)
  })

  it('ends a run that waits for standard input', async () => {
    const stdin = new PassThrough()
    const waiting = new Promise<void>((resolve) =>
      jest.spyOn(stdin, 'read').mockImplementation(() => (resolve(), null))
    )

    const { stdout, exitCode } = await runCommandLine(['deliver', '-'], { stdin, untilStopped: () => waiting })

    expect(stdout).toContain('read           0\n')
    expect(stdout).toContain('\nStopped at the start. What follows was not delivered.\n')
    expect(stdin.destroyed).toBe(true)
    expect(exitCode).toBe(1)
  })

  it('opens no further file', async () => {
    const [a, b] = [await write('a.ndjson', ''), await write('b.ndjson', track(1))]

    const { stdout } = await runCommandLine(['deliver', a, b], { untilStopped: () => Promise.resolve() })

    expect(stdout).toContain('read           0\n')
  })
})

describe('wrong use', () => {
  it.each([
    [['deliver'], "error: missing required argument 'file'"],
    [['deliver', '--wrong', 'x'], "error: unknown option '--wrong'"],
    [
      ['deliver', '--retries', 'many', 'x'],
      "error: option '--retries <count>' argument 'many' is invalid. It must be a whole number."
    ]
  ])('%j is explained and exits with 2', async (args, message) => {
    const { stdout, stderr, exitCode } = await runCommandLine(args)

    expect(stderr).toBe(`${message}\n(add --help to see what is possible)\n`)
    expect(stdout).toBe('')
    expect(exitCode).toBe(2)
  })
})
