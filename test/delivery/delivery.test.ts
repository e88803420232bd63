import { rmSync } from 'node:fs'
import { appendFile, mkdir, readFile, rename, utimes, writeFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { Clock } from '../../src/delivery/clock'
import { Delivery } from '../../src/delivery/delivery'
import type { DeliveryOptions, DeliverySummary, Progress } from '../../src/delivery/delivery'
import { findInputs } from '../../src/delivery/inputs/find-inputs'
import type { Notice } from '../../src/delivery/notice'
import { temporaryFolder } from '../temporary-folder'
import { createReceiver, DELIVERED } from './receiver'
import type { Response } from './receiver'

const file = temporaryFolder()

beforeEach(async () => {
  await writeFile(file('a.ndjson'), [1, 2, 3].map(lineOf).join(''))
  await writeFile(file('b.ndjson'), [4, 5, 6].map(lineOf).join(''))
})

function lineOf(n: number): string {
  return `${JSON.stringify({ type: 'track', messageId: String(n) })}\n`
}

interface Attempt {
  summary: DeliverySummary
  /** Message IDs in the order of their requests. */
  sent: string[]
}

/** Delivers one event after the other, with a checkpoint. */
async function deliver(
  respond: (id: string) => Response = () => DELIVERED,
  {
    names = ['a.ndjson', 'b.ndjson'],
    lasting = {},
    ...options
  }: Partial<DeliveryOptions> & { names?: string[]; lasting?: Record<string, string> } = {},
  sleep: (id: string) => Promise<void> = () => Promise.resolve()
): Promise<Attempt> {
  const sent: string[] = []
  const delivery = await Delivery.open({
    inputs: options.inputs ?? (await findInputs(names.map(file), () => Readable.from([]))),
    runtime: createReceiver({
      sleep: () => sleep(sent[sent.length - 1]),
      respond: ({ messageId }) => {
        sent.push(String(messageId))
        return respond(String(messageId))
      }
    }),
    keysOf: () => ({ reads: [], writes: [] }),
    concurrency: 1,
    retries: 0,
    checkpoint: { file: file('checkpoint'), options: lasting },
    ...options
  })
  return { summary: await delivery.deliver(), sent }
}

const DOWN = { outcome: 'retryable', status: 503, reason: 'Down.' } as const

/** Events up to this one arrive, and the next ones fail, so that the run stops after three. */
const upTo = (last: number) => (id: string) => (Number(id) <= last ? DELIVERED : DOWN)

describe('a run with a checkpoint', () => {
  it('saves events that fail for good beside the checkpoint, before the checkpoint passes them', async () => {
    const { summary } = await deliver((id) =>
      id === '2' ? { outcome: 'retryable', status: 503, reason: 'Down.' } : DELIVERED
    )

    expect(summary.tally.counts).toMatchObject({ delivered: 5, failed: 1 })
    expect(await readFile(file('checkpoint.undelivered.ndjson'), 'utf8')).toBe(lineOf(2))
    expect((await deliver()).sent).toEqual([])
  })

  it('sends again what failed because nothing got through, and saves nothing of it', async () => {
    const first = await deliver(upTo(3))
    const second = await deliver()

    expect(first.summary.stopReason).toMatchObject({ kind: 'failures in a row' })
    expect(second.sent).toEqual(['4', '5', '6'])
    expect(second.summary.tally.counts).toMatchObject({ delivered: 6, failed: 0 })
    await expect(readFile(file('checkpoint.undelivered.ndjson'))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('keeps the events that an interrupted run saved, each once', async () => {
    const rejected = { outcome: 'rejected', status: 400, reason: 'No.' } as const

    await deliver((id) => (id === '1' ? rejected : upTo(2)(id)))
    // As if the run had been killed before the checkpoint counted this line.
    await appendFile(file('checkpoint.undelivered.ndjson'), lineOf(5))
    await deliver((id) => (id === '5' ? rejected : DELIVERED))

    expect(await readFile(file('checkpoint.undelivered.ndjson'), 'utf8')).toBe(lineOf(1) + lineOf(5))
  })
})

describe('a checkpoint', () => {
  const changes: [string, () => Promise<unknown>][] = [
    ['has another first line', () => writeFile(file('b.ndjson'), [7, 5, 6].map(lineOf).join(''))],
    ['has another line in its middle', () => writeFile(file('b.ndjson'), [4, 7, 6].map(lineOf).join(''))],
    ['has another last line', () => writeFile(file('b.ndjson'), [4, 5, 7].map(lineOf).join(''))],
    ['that was settled has another line', () => writeFile(file('a.ndjson'), [1, 7, 3].map(lineOf).join(''))],
    ['has grown', () => appendFile(file('b.ndjson'), lineOf(7))]
  ]

  it.each(changes)('is rejected if an input %s, at whatever time', async (_what, change) => {
    const time = new Date(1_700_000_000_000)
    const setTimes = () => Promise.all(['a', 'b'].map((name) => utimes(file(`${name}.ndjson`), time, time)))
    await setTimes()
    await deliver(upTo(3))
    await change()

    const message = expect.stringMatching(
      /\.ndjson has changed since then. Repeat the first command, or name another file/
    )
    await expect(deliver()).rejects.toMatchObject({ name: 'CheckpointError', message })
    await setTimes()
    await expect(deliver()).rejects.toMatchObject({ name: 'CheckpointError', message })
  })

  it('is used if inputs were only touched or copied, also if an earlier run read more of them', async () => {
    const touch = async (time: number) => {
      await writeFile(file('b.ndjson'), [4, 5, 6].map(lineOf).join(''))
      await utimes(file('a.ndjson'), time, time)
    }
    const compared: Notice[] = []

    await deliver(upTo(2))
    await touch(1)
    const second = await deliver(() => DOWN)
    await touch(2)
    await writeFile(file('c.ndjson'), await readFile(file('b.ndjson')))
    await writeFile(file('b.ndjson'), [4, 5, 7].map(lineOf).join(''))
    await expect(deliver()).rejects.toThrow('b.ndjson has changed since then.')
    await rename(file('c.ndjson'), file('b.ndjson'))
    const third = await deliver(undefined, { notify: (notice) => compared.push(notice) })

    expect(second.sent).toEqual(['3', '4', '5'])
    expect(third.sent).toEqual(['3', '4', '5', '6'])
    expect(compared.filter(({ kind }) => kind === 'comparing')).toEqual(
      [3, 6].map((lines) => ({
        kind: 'comparing',
        bytes: lines * lineOf(1).length,
        totalBytes: 6 * lineOf(1).length
      }))
    )
  })

  it('notes what was read at the moment of each checkpoint, of large inputs too', async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => lineOf(index))
    const time = new Date(1_700_000_000_000)
    await writeFile(file('a.ndjson'), lines.join(''))
    await utimes(file('a.ndjson'), time, time)
    await deliver((id) => (Number(id) < 2500 ? DELIVERED : DOWN))
    lines[2400] = lines[2401]
    await writeFile(file('a.ndjson'), lines.join(''))
    await utimes(file('a.ndjson'), time, time)

    await expect(deliver()).rejects.toThrow('a.ndjson has changed since then.')
  })

  it('is rejected if an input has another path, or is missing', async () => {
    await deliver(upTo(3))
    await writeFile(file('c.ndjson'), await readFile(file('b.ndjson')))

    await expect(deliver(undefined, { names: ['a.ndjson', 'c.ndjson'] })).rejects.toThrow('c.ndjson has changed')
    await expect(deliver(undefined, { names: ['a.ndjson'] })).rejects.toThrow(
      'It was written for 2 files, and there are 1 now.'
    )
  })

  it('is rejected if an option changed that decides what is delivered', async () => {
    await deliver(upTo(3), { lasting: { '--limit': '6' } })

    await expect(deliver(undefined, { lasting: { '--limit': '5' } })).rejects.toThrow(
      'It was written with --limit 6, and this run has --limit 5.'
    )
    await expect(deliver()).rejects.toThrow('It was written with --limit 6, and this run has no --limit.')
  })

  it.each([
    ...['', '{}', '[]', 'null', '{"version":1}', '{"version":1,"inputs":[]}', '{"version":1,"tally":{}}'],
    '{"version":2,"checksum":0,"state":{"inputs":[]}}',
    '{"version":4,"inputs":{},"tally":{}}'
  ])('is rejected if it is another file: %s', async (text) => {
    await writeFile(file('checkpoint'), text)

    await expect(deliver()).rejects.toThrow('checkpoint is not a checkpoint of this version. Name another file.')
    expect(await readFile(file('checkpoint'), 'utf8')).toBe(text)
  })
})

describe('a report', () => {
  it('has the status in place of the words of a response, which may quote the event', async () => {
    const words = 'The email ada@example.com is invalid.'
    const { summary } = await deliver(
      (id) => ({
        outcome: 'rejected',
        status: 400,
        reason: id === '1' ? words : 'Our own words.',
        reasonFrom: id === '1' ? 'response' : undefined
      }),
      { names: ['a.ndjson'], report: { file: file('report'), content: 'undelivered' } }
    )
    const [first, second] = (await readFile(file('report'), 'utf8')).split('\n')

    expect(summary.tally.listReasons()).toContainEqual(expect.objectContaining({ reason: words }))
    expect(JSON.parse(first)).toEqual({
      file: file('a.ndjson'),
      line: 1,
      messageId: '1',
      type: 'track',
      mapping: 'All',
      outcome: 'rejected',
      status: 400,
      reason: 'See the status. The summary of the run has the words of the response.',
      attempts: 1
    })
    expect(JSON.parse(second)).toMatchObject({ status: 400, reason: 'Our own words.' })
  })
})

describe('a run stops, reports and skips nothing', () => {
  it('if an input vanishes', async () => {
    const inputs = await findInputs([file('a.ndjson'), file('b.ndjson')], () => Readable.from([]))
    rmSync(file('b.ndjson'))

    const { summary, sent } = await deliver(undefined, { inputs })

    expect(sent).toEqual(['1', '2', '3'])
    expect(summary.stopReason).toMatchObject({ kind: 'error', error: { name: 'InputError', input: file('b.ndjson') } })
    expect(summary.continueAt).toMatchObject({ file: file('a.ndjson'), line: 4 })
  })

  it('if the checkpoint can no longer be written', async () => {
    await mkdir(file('gone'))
    let save = () => undefined as void
    let stop = () => undefined as void
    const stopped = new Promise<void>((resolve) => (stop = resolve))
    const { summary, sent } = await deliver(
      (id) => {
        if (id === '2') {
          rmSync(file('gone'), { recursive: true })
          save()
        }
        return DELIVERED
      },
      {
        checkpoint: { file: file('gone/checkpoint'), options: {} },
        undelivered: file('undelivered'),
        clock: {
          now: () => 0,
          after: (_milliseconds, callback) => {
            save = callback
            return () => undefined
          }
        },
        notify: ({ kind }) => (kind === 'stop' ? stop() : undefined)
      },
      (id) => (id === '3' ? stopped : Promise.resolve())
    )

    expect(summary.stopReason).toMatchObject({
      kind: 'error',
      error: { name: 'WriteError', file: file('gone/checkpoint'), cause: { code: 'ENOENT' } }
    })
    expect(sent).toEqual(['1', '2', '3'])
    expect(summary.tally.total).toBe(3)
  })

  it('if undelivered events can no longer be saved: the checkpoint does not pass them', async () => {
    await mkdir(file('gone'))
    const { summary } = await deliver(
      (id) => {
        if (id !== '2') {
          return DELIVERED
        }
        rmSync(file('gone'), { recursive: true })
        return { outcome: 'rejected', status: 400, reason: 'No.' }
      },
      { undelivered: file('gone/undelivered') }
    )
    await mkdir(file('gone'))

    expect(summary.stopReason).toMatchObject({ kind: 'error', error: { file: file('gone/undelivered') } })
    expect((await deliver(() => DELIVERED, { undelivered: file('gone/undelivered') })).sent).toContain('2')
  })
})

describe('the progress', () => {
  it('counts bytes of settled events only, and events that wait for a retry', async () => {
    const attempts: string[] = []
    const seen: Partial<Progress>[] = []
    const delivery = await Delivery.open({
      inputs: await findInputs([file('a.ndjson')], () => Readable.from([])),
      runtime: createReceiver({
        sleep: () => Promise.resolve(),
        respond: ({ messageId }) => {
          attempts.push(String(messageId))
          const { bytes, events, retrying } = delivery.progress()
          seen.push({ bytes, events, retrying })
          return attempts.length === 1 ? { outcome: 'retryable', status: 503, reason: 'Down.' } : DELIVERED
        }
      }),
      keysOf: () => ({ reads: [], writes: [] }),
      concurrency: 1,
      retries: 1,
      clock: IMMEDIATE_CLOCK
    })

    await delivery.deliver()

    const size = lineOf(1).length
    expect(attempts).toEqual(['1', '2', '3', '1'])
    expect(seen).toEqual([
      { bytes: 0, events: 0, retrying: 0 },
      { bytes: 0, events: 0, retrying: 1 },
      { bytes: size, events: 1, retrying: 1 },
      { bytes: 2 * size, events: 2, retrying: 0 }
    ])
    expect(delivery.progress()).toMatchObject({ bytes: 3 * size, events: 3, retrying: 0 })
  })
})

/** Waits end as soon as nothing else happens. */
const IMMEDIATE_CLOCK: Clock = {
  now: () => 0,
  after: (_milliseconds, callback) => {
    const immediate = setImmediate(callback)
    return () => clearImmediate(immediate)
  }
}
