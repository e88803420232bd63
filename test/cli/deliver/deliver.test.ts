import fs from 'node:fs'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { PassThrough, Readable } from 'node:stream'
import v8 from 'node:v8'
import { gzipSync } from 'node:zlib'
import { CheckpointLock } from '../../../src/delivery/checkpoint-lock'
import { SYSTEM_CLOCK } from '../../../src/delivery/clock'
import { StatusFile } from '../../../src/cli/deliver/status'
import { describeStop, exitCodeOf } from '../../../src/cli/deliver/stop'
import { Output } from '../../../src/cli/output'
import { CheckpointError, CheckpointInUseError } from '../../../src/delivery/checkpoint'
import type { StopReason } from '../../../src/delivery/circuit-breaker'
import { InputError } from '../../../src/delivery/inputs/find-inputs'
import { ObjectError } from '../../../src/delivery/inputs/objects'
import { WriteError } from '../../../src/delivery/line-file'
import { Tally } from '../../../src/delivery/tally'
import { holdTimersOf } from '../../held-timers'
import { startServer } from '../../http'
import type { LocalServer } from '../../http'
import { temporaryFolder } from '../../temporary-folder'
import { runCommandLine } from '../command-line'

const track = (n: number, more = {}) =>
  JSON.stringify({ type: 'track', event: 'User Registered', userId: `userId${n}`, messageId: `m${n}`, ...more })

const file = temporaryFolder()

async function write(name: string, content: string | Buffer): Promise<string> {
  await writeFile(file(name), content)
  return file(name)
}

beforeEach(() => {
  // Flags of V8 hold for the whole process, and so for the suites that follow.
  jest.spyOn(v8, 'setFlagsFromString').mockReturnValue()
  delete process.env.ASTROLABE_API_KEY
  delete process.env.ASTROLABE_INGEST_URL
})

afterEach(() => {
  jest.restoreAllMocks()
  delete process.env.ASTROLABE_API_KEY
  delete process.env.ASTROLABE_INGEST_URL
})

/** Waits of up to 3 s take no time, until mocks are restored: those between attempts, probes and checkpoints. */
function skipWaits(): void {
  const [set, now] = [global.setTimeout, performance.now.bind(performance)]
  let skipped = 0
  jest.spyOn(performance, 'now').mockImplementation(() => now() + skipped)
  jest.spyOn(global, 'setTimeout').mockImplementation((callback: () => void, delay = 0) =>
    delay > 3000
      ? set(callback, delay)
      : set(() => {
          skipped += delay
          callback()
        }, 0)
  )
}

/** Numbers in the sandbox's address differ from run to run. */
const withoutPort = (text: string) => text.replace(/:\d{4,5}\//g, ':PORT/')

describe('deliver without a key', () => {
  it('keeps V8 from guessing which objects will live long, and from leaving garbage until there is much of it', async () => {
    await runCommandLine(['deliver', await write('event.ndjson', track(1))])

    expect(jest.mocked(v8.setFlagsFromString).mock.calls).toEqual([
      ['--no-allocation-site-pretenuring'],
      ['--heap-growing-percent=100']
    ])
  })

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
        '',
        '1 not subscribed: No mapping matches this page call. There is no mapping for "page" calls, only for "identify", "group", "track".',
        `  first at ${events}, line 3`,
        '',
        "1 filtered: The event's integrations object keeps it from Astrolabe: integrations.All is false, and there is no entry for Astrolabe.",
        `  first at ${events}, line 4`,
        ''
      ].join('\n')
    )
    expect(stderr).toBe('')
    expect(exitCode).toBe(0)
  })

  it('groups reasons with their count and first line, says what to do, and exits with 1', async () => {
    const events = await write(
      'events.ndjson',
      [track(1), '', '[]', '{}', '{}', track(2, { userId: '' }), '{}'].join('\n')
    )

    const { stdout, exitCode } = await runCommandLine(['deliver', events])

    expect(stdout.slice(stdout.indexOf('read'))).toBe(
      [
        'read           6',
        'delivered      1',
        'not subscribed 0',
        'filtered       0',
        'rejected       5',
        'failed         0',
        '',
        '3 rejected: This event has no "type". Give it the type of its call, such as "track".',
        `  first at ${events}, line 4`,
        '',
        '1 rejected: This line holds an array. Write each event as one JSON object.',
        `  first at ${events}, line 3`,
        '',
        '1 rejected: User ID and Anonymous ID are both empty. Map at least one of them, which Astrolabe requires.',
        `  first at ${events}, line 6`,
        '',
        'Add --undelivered FILE to save undelivered events. Fix the cause, then deliver that file.',
        ''
      ].join('\n')
    )
    expect(exitCode).toBe(1)
  })

  it.each([
    ['{"batch":[]}', 'This is a request body of Segment\'s Tracking API. The events are the items of its "batch".'],
    ['{"data":{"type":"track"}}', 'The event is wrapped in "data". Write only that object.'],
    ['{"type":"Track"}', 'No mapping matches this Track call. "Track" is not "track": types are lower case.']
  ])('says what to correct in %s', async (line, reason) => {
    const { stdout } = await runCommandLine(['deliver', await write('events.ndjson', line)])

    expect(stdout).toContain(`: ${reason}\n`)
  })

  it('shows twenty reasons, counts the rest, and names the option that lists them', async () => {
    const unknown = Array.from({ length: 22 }, (_, n) => JSON.stringify({ type: `type ${n}`, userId: 'u' }))
    const events = await write('events.ndjson', unknown.join('\n'))

    const { stdout } = await runCommandLine(['deliver', events])

    expect(stdout.match(/^ {2}first at /gm)).toHaveLength(20)
    expect(stdout).toContain('\n… and 2 more reasons. Add --json for all.\n')
    const json = await runCommandLine(['deliver', '--json', events])
    expect((JSON.parse(json.stdout) as { reasons: unknown[] }).reasons).toHaveLength(22)
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

    expect((await runCommandLine(['deliver', events])).stdout).toContain(`  first at ${events}, item 2\n`)
  })

  it('reads several files in order, and standard input', async () => {
    const [a, b] = [await write('a.ndjson', track(1)), await write('b.ndjson', '7')]

    const { stdout } = await runCommandLine(['deliver', a, '-', b], { stdin: `${track(2)}\n[]` })

    expect(stdout).toContain('read           4\ndelivered      2\n')
    expect(stdout.match(/^ {2}first at .*/gm)).toEqual(['  first at standard input, line 2', `  first at ${b}, line 1`])
  })

  it('reads a folder, and says which files hold no events', async () => {
    await mkdir(file('logs'))
    await write('logs/10.ndjson', track(1))
    const empty = await write('logs/9.ndjson', '\n')

    const { stdout, exitCode } = await runCommandLine(['deliver', file('logs')])

    expect(stdout).toContain('delivered      1\n')
    expect(stdout).toContain(`\n${empty} holds no events.\n`)
    expect(exitCode).toBe(0)
  })

  it('shows what the sandbox holds with --show', async () => {
    const { stdout } = await runCommandLine(['deliver', '--show', await write('events.ndjson', track(1))])

    expect(stdout).toContain('│ User Registered │ userId1 │')
  })

  it('sends nothing in a dry run, and estimates the duration without waiting for it', async () => {
    const tracks = Array.from({ length: 60 }, (_, n) => track(n)).join('\n')

    const { stdout, exitCode } = await runCommandLine([
      ...['deliver', '--dry-run', '--rate', '1'],
      await write('events.ndjson', `${tracks}\n${track(3, { userId: '' })}`)
    ])

    expect(stdout).toContain('read           61\nwould arrive   60\n')
    expect(stdout).toContain('rejected       1\n')
    expect(stdout).toContain(
      '\nDry run: nothing was sent. 60 events take about 1 min, if Astrolabe responds within 50 ms and sets no rate limit.\n'
    )
    expect(exitCode).toBe(1)
  })

  it('estimates the duration for as many events as the limit allows', async () => {
    const tracks = Array.from({ length: 60 }, (_, n) => track(n)).join('\n')
    const files = [await write('1.ndjson', tracks), await write('2.ndjson', tracks)]

    const { stdout } = await runCommandLine(['deliver', '--dry-run', '--rate', '1', '--limit', '30', ...files])

    expect(stdout).toContain('Dry run: nothing was sent. 30 events take about 30 s')
  })

  it("counts the events that break a documented rule of Astrolabe's as rejected in a dry run", async () => {
    const file = await write(
      'events.ndjson',
      [
        track(1, { timestamp: '1704067200' }),
        track(2, { timestamp: '31.12.2025' }),
        track(3, { properties: { text: 'x'.repeat(37_000) } })
      ].join('\n')
    )

    const { stdout, exitCode } = await runCommandLine(['deliver', '--dry-run', file])

    expect(stdout).toContain('would arrive   1\n')
    expect(stdout).toContain(
      `\n1 rejected: Astrolabe would reject it: "timestamp" is not an ISO 8601 date.\n  first at ${file}, line 2\n`
    )
    expect(stdout).toContain(
      `\n1 rejected: Astrolabe would reject it: the message is larger than 36 KB.\n  first at ${file}, line 3\n`
    )
    expect(exitCode).toBe(1)
  })

  it('counts the hints on events that would arrive in a dry run', async () => {
    const late = (n: number) => track(n, { timestamp: undefined, originalTimestamp: '2026-01-01T00:00:00Z' })
    const file = await write('events.ndjson', [track(1), late(2), late(3)].join('\n'))

    const { stdout, exitCode } = await runCommandLine(['deliver', '--dry-run', file])

    expect(stdout).toContain('would arrive   3\n')
    expect(stdout).toContain(
      `\n2 would arrive: "originalTimestamp" is not read: write "timestamp".\n  first at ${file}, line 2\n`
    )
    expect(exitCode).toBe(0)
  })
})

describe('the selection of events', () => {
  const at = (n: number, receivedAt: string) => track(n, { receivedAt })
  const days = () =>
    write(
      'events.ndjson',
      [at(1, '2026-01-01T00:00:00Z'), at(2, '2026-01-02T00:00:00Z'), at(3, '2026-01-03T00:00:00Z')].join('\n')
    )

  it.each([
    [['--since', '2026-01-02'], 2, 1],
    [['--until', '2026-01-02'], 1, 2],
    [['--since', '2026-01-02', '--until', '2026-01-03T00:00:00Z'], 1, 2],
    [['--since', '2026-01-04'], 0, 3]
  ])('follows %j', async (args, delivered, outside) => {
    const { stdout } = await runCommandLine(['deliver', '--json', ...args, await days()])

    expect(JSON.parse(stdout)).toMatchObject({ read: delivered, delivered, outsidePeriod: outside })
  })

  it('reads the dates of a period as the destination does, and counts the events without one', async () => {
    const events = await write(
      'events.ndjson',
      [
        at(1, '1767225600'),
        track(2, { receivedAt: 1767312000000 }),
        at(3, '2026-01-02 00:00:00'),
        track(4, { receivedAt: 'yesterday' })
      ].join('\n')
    )

    const { stdout } = await runCommandLine(['deliver', '--since', '2026-01-02', events])

    expect(stdout).toContain('read           3\ndelivered      2\n')
    expect(stdout).toContain('outside period 1\n')
    expect(stdout).toContain(`\n1 event without a readable time: in every period.\n  first at ${events}, line 4\n`)
  })

  it.each(['2025-06-31', '2026-01-02T25:00', 'today'])(
    'is wrong use if --since is %s, which is no date',
    async (date) => {
      const { stderr, exitCode } = await runCommandLine(['deliver', '--since', date, await days()])

      expect(stderr).toBe(
        `error: option '--since <time>' argument '${date}' is invalid. It must be a date or time, such as 2026-01-31 or 2026-01-31T12:00:00Z.\n(add --help for usage)\n`
      )
      expect(exitCode).toBe(2)
    }
  )

  it('ends at --limit and starts at --from', async () => {
    const events = await days()

    const { stdout } = await runCommandLine(['deliver', '--json', '--from', `${events}:2`, '--limit', '1', events])

    expect(JSON.parse(stdout)).toMatchObject({ read: 1, delivered: 1 })
  })

  it.each([
    [['--since', '2026-01-02', '--until', '2026-01-01'], '--since must be earlier than --until.'],
    [['--since', '2026-01-02', '--until', '2026-01-02'], '--since must be earlier than --until.'],
    [['--from', 'other.ndjson:1'], '--from names other.ndjson, which is not one of the files to deliver.']
  ])('is wrong use if no event can match %j', async (args, message) => {
    const { stderr, exitCode } = await runCommandLine(['deliver', ...args, await days()])

    expect(stderr).toBe(`error: ${message}\n`)
    expect(exitCode).toBe(2)
  })

  it('does not ask the integrations object with --ignore-integrations', async () => {
    const events = await write('events.ndjson', track(1, { integrations: { All: false } }))

    const { stdout } = await runCommandLine(['deliver', '--json', '--ignore-integrations', events])

    expect(JSON.parse(stdout)).toMatchObject({ delivered: 1, filtered: 0 })
  })

  it('is one shard of several, whose index may come from the engine', async () => {
    const events = await write('events.ndjson', Array.from({ length: 20 }, (_, n) => track(n)).join('\n'))
    process.env.AWS_BATCH_JOB_ARRAY_INDEX = '1'

    const [first, second] = [
      await runCommandLine(['deliver', '--json', '--shard-count', '2', '--shard-index', '0', events]),
      await runCommandLine(['deliver', '--json', '--shard-count', '2', events])
    ].map(({ stdout }) => JSON.parse(stdout) as { delivered: number; otherShards: number })
    delete process.env.AWS_BATCH_JOB_ARRAY_INDEX

    expect(first.delivered).toBe(second.otherShards)
    expect(first.delivered + second.delivered).toBe(20)
  })
})

describe('a shard', () => {
  it.each([
    [
      ['--shard-index', '1'],
      'The shard index is 1 (from --shard-index, JOB_COMPLETION_INDEX or AWS_BATCH_JOB_ARRAY_INDEX), but the number of shards is missing. Add --shard-count.'
    ],
    [['--shard-count', '2'], '--shard-count needs --shard-index, from 0 to 1.'],
    [
      ['--shard-count', '2', '--shard-index', '2'],
      'The shard index 2 is too high. With --shard-count 2 it is from 0 to 1.'
    ]
  ])('that is not one of a number of shards is wrong use: %j', async (args, message) => {
    const { stderr, exitCode } = await runCommandLine(['deliver', ...args, await write('events.ndjson', track(1))])

    expect(stderr).toBe(`error: ${message}\n`)
    expect(exitCode).toBe(2)
  })

  it.each(['JOB_COMPLETION_INDEX', 'AWS_BATCH_JOB_ARRAY_INDEX'])(
    'that an engine started does not deliver everything for want of a count: %s',
    async (variable) => {
      process.env[variable] = '10'

      const { stderr, exitCode } = await runCommandLine(['deliver', await write('events.ndjson', track(1))])
      delete process.env[variable]

      expect(stderr).toContain('The shard index is 10 (')
      expect(exitCode).toBe(2)
    }
  )
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
      outsidePeriod: 0,
      withoutTime: 0,
      otherShards: 0,
      roundedNumbers: 0,
      emptyInputs: [],
      reasons: [
        {
          file: events,
          unit: 'line',
          line: 2,
          outcome: 'rejected',
          count: 1,
          reason: 'This event has no "type". Give it the type of its call, such as "track".'
        },
        {
          file: events,
          unit: 'line',
          line: 3,
          outcome: 'not subscribed',
          count: 1,
          reason: expect.stringContaining('page')
        }
      ],
      exitCode: 1
    })
    expect(stdout.split('\n')).toHaveLength(2)
    expect(stderr).toMatch(/^No API key: delivering to the sandbox/)
    expect(exitCode).toBe(1)
  })
})

describe('numbers that JavaScript cannot hold', () => {
  it('keep two people apart if they are IDs, and are counted and named once otherwise', async () => {
    const identify = (id: string, traits: string) => `{"type":"identify","userId":${id},"traits":${traits}}`
    const events = await write(
      'events.ndjson',
      [
        identify('12345678901234567891', '{"a":1}'),
        identify('12345678901234567892', '{"balances":[{"amount":0.12345678901234567891}]}'),
        identify('12345678901234567892', '{"huge":1e400}')
      ].join('\n')
    )

    const { stdout } = await runCommandLine(['deliver', '--show', events])

    expect(stdout).toContain(
      `\n2 events with a number that JavaScript can't hold: sent rounded, as Segment does.\n  first at ${events}, line 2: traits.balances.amount\n`
    )
    expect(stdout).toMatch(/12345678901234567891 [^]*12345678901234567892 /)
    const { stdout: json } = await runCommandLine(['deliver', '--json', events])
    expect(JSON.parse(json)).toMatchObject({ delivered: 3, roundedNumbers: 2 })
  })

  it('are saved as they were read', async () => {
    const rejected =
      '{"type":"track","userId":12345678901234567891,"messageId":"m","properties":{"price":1e400, "n":1.0}}'
    const events = await write('events.json', `[${rejected}]`)

    await runCommandLine(['deliver', '--undelivered', file('again'), events])

    expect(await readFile(file('again'), 'utf8')).toBe(`${rejected}\n`)
  })
})

describe('--status', () => {
  const statusOf = async () => JSON.parse(await readFile(file('status'), 'utf8')) as Record<string, unknown>
  const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

  it('holds the state of a run, without data of an event', async () => {
    const events = await write(
      'events.ndjson',
      [track(1), '{}', '{"type":"page"}', track(2, { type: 'no' })].join('\n')
    )

    await runCommandLine(['deliver', '--status', file('status'), events])

    const { size } = await stat(events)
    expect(await statusOf()).toEqual({
      startedAt: expect.stringMatching(TIME),
      updatedAt: expect.stringMatching(TIME),
      events: {
        done: 4,
        estimatedTotal: 4,
        delivered: 1,
        notSubscribed: 2,
        filtered: 0,
        rejected: 1,
        failed: 0,
        notTried: 0
      },
      bytes: { done: size, total: size },
      eventsPerSecond: expect.any(Number),
      secondsLeft: null,
      inFlight: 0,
      retrying: 0,
      waitingFor: null,
      waitingSince: null,
      exitCode: 1,
      stopReason: null
    })
    expect(await readdir(file())).not.toContain('status.new')
  })

  it('is replaced every few seconds, and says for what the run waits and since when', async () => {
    let tick = () => undefined as void
    jest.spyOn(global, 'setInterval').mockImplementation((callback: () => void) => {
      tick = callback
      return setTimeout(callback, 0)
    })
    const counts = { delivered: 40, 'not subscribed': 0, filtered: 0, rejected: 0, failed: 0, 'not tried': 0 }
    const status = await StatusFile.open(file('status'), new Output(new PassThrough()))
    await status.start()
    const started = await statusOf()
    status.follow(() => ({
      bytes: 25.4,
      totalBytes: 100,
      events: 40,
      inFlight: 0,
      retrying: 2,
      counts,
      blockedShare: 0,
      perSecond: 12.3,
      left: 90_400,
      waiting: { for: 'outage', elapsed: 240_000, left: 30_000 }
    }))
    tick()
    while ((await statusOf()).waitingFor === null) {
      await new Promise(setImmediate)
    }
    const waiting = await statusOf()
    await status.close(3, { kind: 'interrupted' })

    expect(started).toMatchObject({ events: { done: 0 }, waitingFor: null, exitCode: null })
    expect(waiting).toMatchObject({
      events: { done: 40, estimatedTotal: 157, delivered: 40 },
      bytes: { done: 25, total: 100 },
      eventsPerSecond: 12,
      secondsLeft: 90,
      retrying: 2,
      waitingFor: 'outage',
      exitCode: null
    })
    expect(Date.parse(String(waiting.updatedAt)) - Date.parse(String(waiting.waitingSince))).toBe(240_000)
    expect(await statusOf()).toMatchObject({ waitingFor: null, exitCode: 3, stopReason: 'interrupted' })
  })

  it('is given up with a note if it can no longer be written', async () => {
    const stderr = new PassThrough()
    await mkdir(file('folder'))
    const status = await StatusFile.open(file('folder/status'), new Output(stderr))
    await rm(file('folder'), { recursive: true })

    await status.close(0)

    expect(String(stderr.read())).toBe(
      `Cannot write ${file('folder/status')}: no such file or folder. The run goes on.\n`
    )
  })

  it('has the exit code of a run that could not start', async () => {
    const args = ['deliver', '--status', file('status'), '--checkpoint', file('checkpoint')]
    await write('checkpoint', 'Not a checkpoint.')

    await runCommandLine([...args, await write('events.ndjson', track(1))])

    expect(await statusOf()).toMatchObject({ exitCode: 4, events: { done: 0 } })
  })

  it('stays that of the run that uses the checkpoint', async () => {
    const lock = await CheckpointLock.acquire(file('checkpoint'), SYSTEM_CLOCK, () => undefined)
    await write('status', '{"exitCode":null}')
    const args = ['deliver', '--status', file('status'), '--checkpoint', file('checkpoint')]

    const { exitCode } = await runCommandLine([...args, await write('events.ndjson', track(1))])
    await lock.release()

    expect(exitCode).toBe(3)
    expect(await statusOf()).toEqual({ exitCode: null })
  })

  it('in place of a folder is wrong use, and leaves nothing behind', async () => {
    await mkdir(file('folder'))

    const { stderr } = await runCommandLine(['deliver', '--status', file('folder'), await write('e.ndjson', track(1))])

    expect(stderr).toBe(`error: Cannot write ${file('folder')}: it is a folder.\n`)
    expect(await readdir(file())).not.toContain('folder.new')
  })

  it('in a folder that does not exist is wrong use', async () => {
    const args = ['deliver', '--status', file('no/status'), await write('events.ndjson', track(1))]

    const { stderr, exitCode } = await runCommandLine(args)

    expect(stderr).toBe(`error: Cannot write ${file('no/status')}: no such file or folder.\n`)
    expect(exitCode).toBe(2)
  })
})

describe('--undelivered', () => {
  it('saves what did not arrive, as it was read, to be delivered again', async () => {
    const rejected = track(2, { userId: '' })
    const events = await write('events.ndjson', [track(1), 'no JSON', rejected, track(3)].join('\n'))

    const { stdout } = await runCommandLine(['deliver', '--undelivered', file('again.ndjson'), events])

    expect(await readFile(file('again.ndjson'), 'utf8')).toBe(`no JSON\n${rejected}\n`)
    expect(stdout).toContain(
      `\n2 undelivered events were saved to ${file('again.ndjson')}. Fix the cause, then run:\n  npx astrolabe-segment deliver ${file('again.ndjson')}\n`
    )
    expect((await stat(file('again.ndjson'))).mode & 0o777).toBe(0o600)
  })

  it('saves an event without messageId with the one that it was sent with', async () => {
    const events = await write('events.ndjson', '{"type":"track","event":"A"}')

    await runCommandLine(['deliver', '--undelivered', file('again.ndjson'), events])

    expect(JSON.parse(await readFile(file('again.ndjson'), 'utf8'))).toEqual({
      type: 'track',
      event: 'A',
      messageId: expect.stringMatching(/^derived-[0-9a-f]{32}$/)
    })
  })

  it('saves bytes that are not UTF-8 as they are, and says what to do', async () => {
    const bytes = Buffer.from('{"type":"identify","userId":"jos\xe9"}\n', 'latin1')
    await writeFile(file('events.ndjson'), bytes)

    const { stdout } = await runCommandLine(['deliver', '--undelivered', file('again'), file('events.ndjson')])

    expect(stdout).toContain(
      '1 rejected: This line is not UTF-8: convert it with iconv -f windows-1252 -t utf-8, or from its own encoding.'
    )
    expect(await readFile(file('again'))).toEqual(bytes)
  })

  it('saves an event that is nested too deep as it was read, with its ID, and delivers the next', async () => {
    const nested = `{"type":"identify","userId":"u","traits":{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`
    const events = await write('events.ndjson', `${nested}\n${track(1)}`)

    const { stdout } = await runCommandLine(['deliver', '--undelivered', file('again.ndjson'), events])

    expect(stdout).toContain('delivered      1\n')
    expect(stdout).toContain('1 rejected: The event is nested deeper than 1,000 levels.\n')
    expect(await readFile(file('again.ndjson'), 'utf8')).toMatch(`${nested.slice(0, -1)},"messageId":"derived-`)
  })

  it('stops the run if the file can no longer be written, rather than lose what follows', async () => {
    const events = await write('events.ndjson', `{}\n${track(1)}`)
    jest.spyOn(fs.promises, 'open').mockRejectedValue(Object.assign(new Error('full'), { code: 'ENOSPC' }))

    const { stdout, exitCode } = await runCommandLine(['deliver', '--undelivered', file('again'), events])

    expect(stdout).toContain(`\nStopped: ${file('again')} can't be written: no space left on the disk.`)
    expect(exitCode).toBe(3)
  })

  it('names a single event in the singular, and the command last', async () => {
    const events = await write('events.ndjson', 'no JSON')

    const { stdout } = await runCommandLine(['deliver', '--undelivered', file('again.ndjson'), events])

    expect(stdout.split('\n\n').at(-1)).toBe(
      `1 undelivered event was saved to ${file('again.ndjson')}. Fix the cause, then run:\n  npx astrolabe-segment deliver ${file('again.ndjson')}\n`
    )
  })

  it('says how much could not be saved', async () => {
    const events = await write('events.json', '[{"type":"track"},')

    const { stdout } = await runCommandLine(['deliver', '--undelivered', file('again.ndjson'), events])

    expect(stdout).toContain('\n1 event could not be saved: the input is malformed there. Fix the input.\n')
    expect(stdout).not.toContain('again.ndjson')
    expect(await readdir(file())).toEqual(['events.json'])
  })

  it('does not take an empty name for none', async () => {
    const { stderr, exitCode } = await runCommandLine(['deliver', '--undelivered', '', await write('e', track(1))])

    expect(stderr).toBe('error: The name of the file for --undelivered is empty.\n')
    expect(exitCode).toBe(2)
  })

  it('is not created if there is nowhere to deliver to', async () => {
    process.env.ASTROLABE_INGEST_URL = 'http://ingest.astrolabe.example/v1'
    const events = await write('events.ndjson', track(1))

    await runCommandLine(['deliver', '--api-key', 'fake-api-key', '--undelivered', file('again.ndjson'), events])

    expect(await readdir(file())).toEqual(['events.ndjson'])
  })

  it('leaves no file behind if everything arrived', async () => {
    const events = await write('events.ndjson', track(1))

    await runCommandLine(['deliver', '--undelivered', file('again.ndjson'), events])

    expect(await readdir(file())).toEqual(['events.ndjson'])
  })

  it('never overwrites a file', async () => {
    const events = await write('events.ndjson', track(1))

    const other = await write('other.ndjson', track(2))

    const { stderr, exitCode } = await runCommandLine(['deliver', '--undelivered', other, events])

    expect(stderr).toBe(`error: Cannot write ${other}: it already exists.\n`)
    expect(exitCode).toBe(2)
    expect(await readFile(other, 'utf8')).toBe(track(2))
  })

  it('says so if the file can not be created', async () => {
    const events = await write('events.ndjson', track(1))

    const { stderr, exitCode } = await runCommandLine(['deliver', '--undelivered', file('no/such'), events])

    expect(stderr).toBe(`error: Cannot write ${file('no/such')}: no such file or folder.\n`)
    expect(exitCode).toBe(2)
  })
})

describe('--report', () => {
  const events = () => write('events.ndjson', [track(1), track(2, { userId: '' }), '{"type":"page"}'].join('\n'))
  const rejected = {
    line: 2,
    messageId: 'm2',
    type: 'track',
    mapping: 'Track Event',
    outcome: 'rejected',
    status: 400,
    reason: expect.stringContaining('User ID and Anonymous ID are both empty'),
    attempts: 1
  }
  const reported = async () =>
    (await readFile(file('report'), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object)

  it('lists undelivered events, without their data', async () => {
    await runCommandLine(['deliver', '--report', file('report'), await events()])

    expect(await reported()).toEqual([{ ...rejected, file: file('events.ndjson') }])
  })

  it('lists all events with --report-all', async () => {
    await runCommandLine(['deliver', '--report', file('report'), '--report-all', await events()])

    const all = await reported()
    expect(all).toHaveLength(3)
    expect(all).toEqual(
      expect.arrayContaining([
        { ...rejected, file: file('events.ndjson') },
        {
          file: file('events.ndjson'),
          line: 1,
          messageId: 'm1',
          type: 'track',
          mapping: 'Track Event',
          outcome: 'delivered',
          attempts: 1
        }
      ])
    )
  })
})

describe('deliver with a key', () => {
  let server: LocalServer
  let requests: { url?: string; authorization?: string; body: unknown }[]
  let statuses: number[]

  beforeEach(async () => {
    requests = []
    statuses = []
    server = await startServer((request, response) => {
      const chunks: Buffer[] = []
      request
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => {
          const body: unknown = JSON.parse(Buffer.concat(chunks).toString())
          requests.push({ url: request.url, authorization: request.headers.authorization, body })
          response.writeHead(statuses.shift() ?? 200, { 'retry-after': '0' }).end()
        })
    })
    process.env.ASTROLABE_INGEST_URL = `${server.origin}/v1`
  })

  afterEach(() => server.close())

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

  it('sends what filters leave of an event, and saves the event as it was read', async () => {
    statuses = [200, 422]
    const read = track(2, { properties: { email: 'a@b.example', plan: 'pro' } })
    const events = await write('events.ndjson', `${track(1)}\n${read}`)
    const filters = await write(
      'filters.json',
      '[{"title":"No email","if":"all","actions":[{"type":"DROP_PROPERTIES","fields":{"properties":["email"]}}]}]'
    )
    const args = ['--api-key', 'fake-api-key', '--filters', filters, '--undelivered', file('again')]

    const { stdout } = await runCommandLine(['deliver', ...args, events])

    expect(requests[1].body).toEqual(JSON.parse(track(2, { properties: { plan: 'pro' } })))
    expect(await readFile(file('again'), 'utf8')).toBe(`${read}\n`)
    expect(stdout).toContain(`deliver --filters ${filters} ${file('again')}\n`)
  })

  it('says before many events that no filters are applied', async () => {
    const events = await write('events.ndjson', `${track(1, { properties: { text: 'a'.repeat(1_100_000) } })}\n`)
    const withKey = ['deliver', '--api-key', 'fake-api-key', events]

    const { stderr } = await runCommandLine(withKey)

    expect(stderr).toContain("Segment's destination filters are not applied: add --filters FILE")
    expect((await runCommandLine([...withKey, '--filters', await write('none', '[]')])).stderr).toBe('')
    delete process.env.ASTROLABE_INGEST_URL
    expect((await runCommandLine(['deliver', '--dry-run', events])).stderr).toBe('')
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

  describe('if no event gets through', () => {
    const again = () => file('again.ndjson')
    const many = async (count: number) =>
      write('events.ndjson', Array.from({ length: count }, (_, n) => track(n + 1)).join('\n'))
    const oneByOne = ['deliver', '--api-key', 'fake-api-key', '--concurrency', '1']

    it('stops at once with a rejected key, and saves all events', async () => {
      statuses = [401]
      const events = await many(3)

      const { stdout, exitCode } = await runCommandLine([...oneByOne, '--undelivered', again(), events])

      expect(requests).toHaveLength(1)
      expect(stdout).toContain('read           3\ndelivered      0\n')
      expect(stdout).toContain('rejected       1\nfailed         0\nnot tried      2\n')
      expect(stdout).toMatch(
        /\nStopped: Astrolabe rejects the API key, so it would reject every event\. The last error: .*\. The remaining events were saved but not delivered\.\n/
      )
      expect(stdout).toContain(`\n3 undelivered events were saved to ${again()}.`)
      expect(await readFile(again(), 'utf8')).toBe(`${track(1)}\n${track(2)}\n${track(3)}\n`)
      expect(exitCode).toBe(4)
    })

    it.each([301, 302, 307, 308, 404, 405, 410])(
      'stops at once if the API is not at this address, and names the variable with the URL: %d',
      async (status) => {
        statuses = Array.from({ length: 9 }, () => status)
        const events = await many(9)

        const { stdout, exitCode } = await runCommandLine([...oneByOne, '--checkpoint', file('checkpoint'), events])
        const [sent] = [requests.length, (statuses = [])]
        const again = await runCommandLine([...oneByOne, '--checkpoint', file('checkpoint'), events])

        expect(sent).toBe(1)
        expect(stdout).toContain('read           0\n')
        expect(stdout).toContain(
          `\nStopped: the API is not at this address (status ${status}). Check ASTROLABE_INGEST_URL. It is the base URL, such as https://ingest.astrolabe.so/v1. The last error: `
        )
        expect(exitCode).toBe(4)
        expect(again.stdout).toContain('delivered      9\n')
      }
    )

    it('stops after three failures in a row, and prints the command to continue with', async () => {
      statuses = [200, 503, 503, 503]
      const events = await many(9)
      const args = ['--retries', '0', '--max-outage', '0']

      const { stdout, exitCode } = await runCommandLine([...oneByOne, ...args, events])

      expect(requests).toHaveLength(4)
      expect(stdout).toContain('read           1\ndelivered      1\n')
      expect(stdout).toMatch(
        /\nStopped after 3 failures in a row\. The last error: .*503.* The remaining events were not delivered\.\n/
      )
      expect(stdout).toContain(
        `\nContinue with:\n  npx astrolabe-segment deliver --from ${events}:2 --api-key "$ASTROLABE_API_KEY" --concurrency 1 ${args.join(' ')} ${events}\n`
      )
      expect(exitCode).toBe(3)
    })

    it('waits out an outage after the first delivery, for as long as it may, and says so', async () => {
      skipWaits()
      statuses = [200, 503, 503, 503, 503, 503]
      const events = await many(9)
      const args = ['--retries', '0', '--max-outage', '1s']

      const { stdout, stderr } = await runCommandLine([...oneByOne, ...args, events])

      expect(stderr).toMatch(/\nAstrolabe has not responded for \d s\. Trying again every 3 s\.\n/)
      expect(stdout).toContain('read           1\ndelivered      1\n')
      expect(stdout).toMatch(/\nStopped: Astrolabe has not responded for 1 s\. The last error: .*503.*\n/)
    })

    it.each(['', '5', '-1s', '1.5h', '2 weeks'])('rejects "%s" as the longest outage', async (duration) => {
      const { stderr, exitCode } = await runCommandLine([...oneByOne, `--max-outage=${duration}`, await many(1)])

      expect(stderr).toContain('It must be a number of seconds, minutes or hours, such as 90s, 30min or 2h, or 0.')
      expect(exitCode).toBe(2)
    })

    it('prints the same command to continue with if there is a checkpoint', async () => {
      statuses = [503, 503, 503]
      const args = ['--retries', '0', '--checkpoint', file('progress'), await many(9)]

      const { stdout } = await runCommandLine([...oneByOne, ...args])

      expect(stdout).toContain(
        `\nContinue with:\n  npx astrolabe-segment deliver --api-key "$ASTROLABE_API_KEY" --concurrency 1 ${args.join(' ')}\n`
      )
    })

    it('prints no command if the events came from standard input, which is gone', async () => {
      statuses = [503, 503, 503]
      const stdin = Readable.from([[1, 2, 3, 4, 5].map((n) => track(n)).join('\n')])

      const { stdout } = await runCommandLine([...oneByOne, '--retries', '0', '-'], { stdin })

      expect(stdout).toMatch(/\nStopped after 3 failures in a row\..* The remaining events were not delivered\.\n$/)
    })

    it('stops at once if nothing accepts connections, and says what to check', async () => {
      const { port, close } = await startServer()
      process.env.ASTROLABE_INGEST_URL = `http://127.0.0.1:${port}/v1`
      await close()

      const { stdout, exitCode } = await runCommandLine([...oneByOne, await many(2)])

      expect(stdout).toContain('read           0\n')
      expect(stdout).toContain(
        '\nStopped: nothing accepts connections at the address of the API. Check that it runs, and ASTROLABE_INGEST_URL if it is set. The remaining events were not delivered.\n'
      )
      expect(exitCode).toBe(4)
    })

    it('says so in JSON too', async () => {
      statuses = [403]
      const events = await many(2)

      const { stdout } = await runCommandLine([...oneByOne, '--json', events])

      expect(JSON.parse(stdout)).toMatchObject({
        read: 0,
        exitCode: 4,
        stopped: expect.stringMatching(/^Stopped: the API key is not allowed to send data/),
        continueAt: `${events}:1`
      })
    })
  })

  describe('trying again', () => {
    beforeEach(() => {
      // The first wait is one second then, which ends at once.
      jest.spyOn(Math, 'random').mockReturnValue(0)
      holdTimersOf(1000).endComing()
    })

    const SAID = 'line 1: trying again. Astrolabe is temporarily unavailable (status 503).\n'

    it('is said once for each reason, on standard error', async () => {
      statuses = [503, 503, 200, 200]
      const events = await write('events.ndjson', `${track(1)}\n${track(2)}`)

      const { stdout, stderr } = await runCommandLine(['deliver', '--api-key', 'fake-api-key', events])

      expect(stdout).toContain('delivered      2\n')
      expect(stderr).toBe(`${events}, ${SAID}`)
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

  it('rejects an ingest URL that the key must not go to', async () => {
    process.env.ASTROLABE_INGEST_URL = 'http://ingest.astrolabe.example/v1'
    const events = await write('events.ndjson', track(1))

    const { stderr, exitCode } = await runCommandLine(['deliver', '--api-key', 'fake-api-key', events])

    expect(stderr).toMatch(/^error: ASTROLABE_INGEST_URL is invalid\. The base URL must be an https: URL/)
    expect(exitCode).toBe(2)
  })
})

describe('the exit code of a run that stopped', () => {
  const failed = (code: string) => Object.assign(new Error(code), { code })

  it.each<[3 | 4, StopReason]>([
    [3, { kind: 'interrupted' }],
    [3, { kind: 'outage', milliseconds: 3_600_000 }],
    [3, { kind: 'failures in a row', count: 3 }],
    [3, { kind: 'unreachable', errorCode: 'ECONNREFUSED', isKnownAddress: true }],
    [4, { kind: 'unreachable', errorCode: 'ECONNREFUSED', isKnownAddress: false }],
    [4, { kind: 'key rejected' }],
    [4, { kind: 'permission missing' }],
    [4, { kind: 'wrong address', status: 404 }],
    [4, { kind: 'untrusted certificate', errorCode: 'CERT_HAS_EXPIRED' }],
    [3, { kind: 'error', error: new WriteError('report', failed('ENOSPC')) }],
    [4, { kind: 'error', error: new WriteError('report', failed('EACCES')) }],
    [3, { kind: 'error', error: new InputError('events', failed('EIO')) }],
    [4, { kind: 'error', error: new InputError('events', failed('ENOENT')) }],
    [3, { kind: 'error', error: new InputError('s3://events/1', new ObjectError('503', undefined, true)) }],
    [4, { kind: 'error', error: new InputError('s3://events/1', new ObjectError('access denied', undefined)) }],
    [4, { kind: 'error', error: new CheckpointError('Changed.') }],
    [3, { kind: 'error', error: new CheckpointInUseError('In use.') }]
  ])('is %d after %j', (code, stopReason) => {
    expect(exitCodeOf({ tally: new Tally(), stopReason })).toBe(code)
  })
})

describe('the reason for a stop', () => {
  it.each([
    ['Key unknown', 'Key unknown.'],
    ['Paste it again.', 'Paste it again.']
  ])('ends the sentence of the last error: %s', (reason, sentence) => {
    expect(describeStop({ kind: 'failures in a row', count: 3, reason })).toBe(
      `Stopped after 3 failures in a row. The last error: ${sentence}`
    )
  })
})

describe('--show', () => {
  it.each([[['--json']], [['--dry-run']], [['--api-key', 'fake-api-key']]])('with %j is wrong use', async (options) => {
    const args = ['deliver', '--show', ...options, await write('events.ndjson', track(1))]

    expect(await runCommandLine(args)).toEqual({
      stdout: '',
      stderr:
        'error: --show prints what the sandbox in this process holds: leave out the API key, --dry-run and --json.\n',
      exitCode: 2
    })
  })
})

describe('a file that cannot be read', () => {
  it('may be a checkpoint that is a folder', async () => {
    const args = ['deliver', '--checkpoint', file(), await write('events.ndjson', track(1))]

    expect((await runCommandLine(args)).stderr).toBe(`error: Cannot read ${file()}: it is a folder.\n`)
  })

  it('stops everything before the first event, with one sentence', async () => {
    const events = await write('events.ndjson', track(1))

    expect(await runCommandLine(['deliver', events, file('missing.ndjson')])).toEqual({
      stdout: '',
      stderr: `error: Cannot read ${file('missing.ndjson')}: no such file or folder.\n`,
      exitCode: 2
    })
  })

  it('may be a folder without files', async () => {
    expect((await runCommandLine(['deliver', file()])).stderr).toBe(`error: There are no files in ${file()}.\n`)
  })

  it('may have a name that no file can have', async () => {
    const name = 'x'.repeat(5000)

    expect((await runCommandLine(['deliver', name])).stderr).toBe(`error: Cannot read ${name}: the name is too long.\n`)
  })

  it('may be standard input that is named twice', async () => {
    expect((await runCommandLine(['deliver', '-', '-'])).stderr).toBe(
      'error: Standard input (-) can be read only once.\n'
    )
  })

  it('may be a file that its folder holds too', async () => {
    await write('events.ndjson', track(1))

    expect(await runCommandLine(['deliver', file(), `${file()}/./events.ndjson`])).toEqual({
      stdout: '',
      stderr: `error: ${file()}/./events.ndjson is among the files twice, so its events would be delivered twice.\n`,
      exitCode: 2
    })
  })

  it('may break off in the middle: what was read before counts', async () => {
    const events = await write('events.ndjson', `${track(1)}\n`)
    const { createReadStream } = fs
    const error = Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' })
    jest
      .spyOn(fs, 'createReadStream')
      .mockImplementation(
        (name) =>
          createReadStream(name).pipe(
            new PassThrough({ flush: (callback) => callback(error) })
          ) as unknown as fs.ReadStream
      )

    const { stdout, exitCode } = await runCommandLine(['deliver', events])

    expect(stdout).toContain('delivered      1\n')
    expect(stdout).toContain(`\nStopped: ${events} can't be read any further: input/output error.`)
    expect(stdout).toContain(`\nContinue with:\n  npx astrolabe-segment deliver --from ${events}:2 ${events}\n`)
    expect(exitCode).toBe(3)
  })

  it('may break off at once: there is nothing to continue', async () => {
    const error = Object.assign(new Error('EISDIR: illegal operation on a directory, read'), { code: 'EISDIR' })
    const stdin = new Readable({ read: () => stdin.destroy(error) })

    const { stdout, exitCode } = await runCommandLine(['deliver', '-'], { stdin })

    expect(stdout).toMatch(/\n\nStopped: standard input can't be read any further: it is a folder\.\n$/)
    expect(exitCode).toBe(4)
  })
})

describe('progress', () => {
  it('is nothing for a short run if there is no terminal', async () => {
    const events = await write('events.ndjson', Array(2001).fill('{}').join('\n'))

    expect((await runCommandLine(['deliver', events])).stderr).toBe('')
  })

  it('is a bar on a terminal, which leaves nothing behind', async () => {
    const events = await write('events.ndjson', `${track(1)}\n${track(2)}`)

    const { stderr } = await runCommandLine(['deliver', events], { isTTY: true })

    expect(stderr).toContain('\r\x1b[K░░░░░░░░░░ 0%, 0 events, 0/s, 0 in flight')
    expect(stderr.endsWith('\r\x1b[K')).toBe(true)
  })

  it('suggests a checkpoint for a long run', async () => {
    const events = await write('events.ndjson', Array(1001).fill(' '.repeat(10_000)).join('\n'))

    expect((await runCommandLine(['deliver', events])).stderr).toBe(
      'More than 10,000 events lie ahead. With --checkpoint FILE this run could resume if it is interrupted.\n'
    )
  })
})

describe('Ctrl+C', () => {
  it('in a dry run says that it stopped, and where', async () => {
    const events = await write('events.ndjson', [track(1), track(2)].join('\n'))

    const { stdout } = await runCommandLine(['deliver', '--dry-run', events], { untilStopped: () => Promise.resolve() })

    expect(stdout).toMatch(
      /\nDry run: nothing was sent\. It stopped( before \S+, line \d)?, so these numbers are not those of all events\.\n$/
    )
  })

  it('starts nothing new, finishes what is in flight, and says where to continue', async () => {
    const events = await write('events.ndjson', [track(1), track(2), track(3)].join('\n'))
    let stop = () => {}
    const untilStopped = jest.fn(() => new Promise<void>((resolve) => (stop = resolve)))
    const astrolabe = await startServer((request, response) => {
      stop()
      request.resume().on('end', () => setImmediate(() => response.end()))
    })
    process.env.ASTROLABE_INGEST_URL = `${astrolabe.origin}/v1`

    const args = ['deliver', '--api-key', 'fake-api-key', '--concurrency', '1', events]
    const { stdout, exitCode } = await runCommandLine(args, { untilStopped })
    await astrolabe.close()

    expect(stdout).toContain('read           1\ndelivered      1\n')
    expect(stdout).toContain('\nStopped. The remaining events were not delivered.\n')
    expect(stdout).toContain(`\nContinue with:\n  npx astrolabe-segment deliver --from ${events}:2 `)
    expect(exitCode).toBe(3)
  })

  it('ends a run that waits for standard input', async () => {
    const stdin = new PassThrough()
    const waiting = new Promise<void>((resolve) =>
      jest.spyOn(stdin, 'read').mockImplementation(() => (resolve(), null))
    )

    const { stdout, exitCode } = await runCommandLine(['deliver', '-'], {
      stdin,
      untilStopped: jest.fn(() => new Promise<void>(() => undefined)).mockReturnValueOnce(waiting)
    })

    expect(stdout).toContain('read           0\n')
    expect(stdout).toContain('\nStopped.')
    expect(stdin.destroyed).toBe(true)
    expect(exitCode).toBe(3)
  })

  it('ends the process at once during an outage, although a request is in flight', async () => {
    skipWaits()
    const events = await write('events.ndjson', Array.from({ length: 9 }, (_, n) => track(n + 1)).join('\n'))
    let stop = () => {}
    let requests = 0
    const astrolabe = await startServer((request, response) => {
      requests++
      if (requests > 4) {
        stop()
      } else {
        request.resume().on('end', () => response.writeHead(requests === 1 ? 200 : 503).end())
      }
    })
    process.env.ASTROLABE_INGEST_URL = `${astrolabe.origin}/v1`
    const exit = jest.fn()

    const args = ['deliver', '--api-key', 'fake-api-key', '--concurrency', '1', '--retries', '0', events]
    const { stdout } = await runCommandLine(args, {
      untilStopped: jest
        .fn(() => new Promise<void>(() => undefined))
        .mockReturnValueOnce(new Promise<void>((resolve) => (stop = resolve))),
      exit
    })
    await astrolabe.close()

    expect(stdout).toContain('\nStopped. The remaining events were not delivered.\n\nContinue with:\n')
    expect(exit.mock.calls).toEqual([[3]])
  })

  it('ends at once the second time', async () => {
    const stdin = new PassThrough()
    const exit = jest.fn()

    await runCommandLine(['deliver', '-'], { stdin, untilStopped: () => Promise.resolve(), exit })

    expect(exit).toHaveBeenCalledWith(130)
  })
})

describe('wrong use', () => {
  it.each([
    [['deliver'], "error: missing required argument 'path'"],
    [['deliver', '--wrong', 'x'], "error: unknown option '--wrong'"],
    [
      ['deliver', '--retries', 'many', 'x'],
      "error: option '--retries <count>' argument 'many' is invalid. It must be a whole number."
    ]
  ])('%j is explained and exits with 2', async (args, message) => {
    const { stdout, stderr, exitCode } = await runCommandLine(args)

    expect(stderr).toBe(`${message}\n(add --help for usage)\n`)
    expect(stdout).toBe('')
    expect(exitCode).toBe(2)
  })
})

describe('--filters', () => {
  const filters = (more: object = {}) => [
    { title: 'Internal users', if: "contains(userId, 'userId2')", actions: [{ type: 'DROP' }], enabled: true, ...more }
  ]

  it('drops events, and sums up how many by the title of the filter', async () => {
    const list = [...filters(), { ...filters()[0], enabled: false }]
    const saved = await write('filters.json', JSON.stringify({ data: { filters: list, pagination: {} } }))
    const args = ['deliver', '--filters', saved, await write('events.ndjson', `${track(1)}\n${track(2)}`)]

    const { stdout, exitCode } = await runCommandLine(args)

    expect(stdout).toContain('delivered      1\nnot subscribed 0\nfiltered       1\n')
    expect(stdout).toContain('1 filtered: The filter "Internal users" drops it.\n')
    expect(stdout).toContain('\n\n1 filter applied, 1 disabled.\n')
    expect(exitCode).toBe(0)
    expect(JSON.parse((await runCommandLine([...args, '--json'])).stdout)).toMatchObject({
      delivered: 1,
      filtered: 1,
      filters: { applied: 1, disabled: 1 }
    })
  })

  it('sees each event once in a dry run too', async () => {
    const saved = await write(
      'filters.json',
      JSON.stringify([
        ...filters({ if: 'event = null' }),
        { title: 'No names', if: 'all', actions: [{ type: 'DROP_PROPERTIES', fields: { '': ['event'] } }] }
      ])
    )

    const { stdout } = await runCommandLine(['deliver', '--dry-run', '--filters', saved, await write('e', track(1))])

    // Astrolabe needs the name.
    expect(stdout).toContain('filtered       0\nrejected       1\n')
  })

  it('may be written by PowerShell, and warns before the first event', async () => {
    const text = JSON.stringify(filters({ if: 'type = track' }))
    await writeFile(file('filters.json'), Buffer.from(`\ufeff${text}\r\n`, 'utf16le'))
    const args = ['--filters', file('filters.json'), await write('events.ndjson', track(1))]

    const { stdout } = await runCommandLine(['deliver', '--dry-run', ...args])

    expect(stdout).toContain(
      'Dry run: nothing is sent.\nFilter 1 ("Internal users"): The condition reads a field "track" that no event has at its root. Text needs quotes.\n'
    )
  })

  it('is refused before the first event if a filter can not be applied exactly', async () => {
    const saved = await write('filters.json', JSON.stringify(filters({ if: 'semver(a, "1") = 1' })))

    const { stdout, stderr, exitCode } = await runCommandLine(['deliver', '--filters', saved, saved])

    expect(stdout).toBe('')
    expect(stderr).toBe(
      `error: The filters in ${saved} can't be used.\n  Filter 1 ("Internal users"): The condition breaks at character 1, "semver(a, \\"1\\") = 1". There is no function semver(). Functions: contains, length, lowercase, match, typeof, uppercase.\n`
    )
    expect(exitCode).toBe(2)
  })
})

describe('--mappings', () => {
  it('replaces the presets by the mappings in a file', async () => {
    const mappings = await write(
      'mappings.json',
      JSON.stringify([
        {
          name: 'Pages as events',
          actionSlug: 'track',
          trigger: 'type = "page"',
          enabled: true,
          settings: { event: { '@path': '$.name' }, user_id: { '@path': '$.userId' } }
        }
      ])
    )
    const events = await write('events.ndjson', `{"type":"page","name":"Home","userId":"1"}\n${track(1)}`)

    const { stdout } = await runCommandLine(['deliver', '--json', '--mappings', mappings, events])

    expect(JSON.parse(stdout)).toMatchObject({ delivered: 1, notSubscribed: 1 })
  })

  it('may be written by PowerShell, and warns before the first event of a text that looks like a path', async () => {
    const text = JSON.stringify([
      {
        actionSlug: 'track',
        trigger: 'type = "track"',
        settings: { event: { '@path': '$.event' }, user_id: '$.userId' }
      }
    ])
    await writeFile(file('mappings.json'), Buffer.from(`\ufeff${text}\r\n`, 'utf16le'))
    const args = ['--mappings', file('mappings.json'), await write('events.ndjson', track(1))]
    const warning =
      'Mapping 1: The field "user_id" sends the text "$.userId" itself. To read the event, write {"@path": "$.userId"}.'

    const { stdout } = await runCommandLine(['deliver', '--dry-run', ...args])

    expect(stdout).toContain(`Dry run: nothing is sent.\n${warning}\nread           1\nwould arrive   1\n`)
    expect((await runCommandLine(['explain', ...args])).stderr).toBe(`${warning}\n`)
  })

  it('is refused if it is not UTF-8', async () => {
    await writeFile(file('mappings.json'), Buffer.from('[{"name":"\xe9"}]', 'latin1'))

    const { stderr, exitCode } = await runCommandLine(['deliver', '--mappings', file('mappings.json'), '-'])

    expect(stderr).toContain('mappings.json is not UTF-8: convert it with iconv -f windows-1252')
    expect(exitCode).toBe(2)
  })

  it('has its mistakes named before the first event', async () => {
    const mappings = await write('mappings.json', '[{"name":"A","actionSlug":"send","trigger":"type = \\"page\\""}]')

    const { stdout, stderr, exitCode } = await runCommandLine(['deliver', '--mappings', mappings, mappings])

    expect(stdout).toBe('')
    expect(stderr).toContain(`error: The mappings in ${mappings} can't be used.\n  `)
    expect(exitCode).toBe(2)
  })
})
