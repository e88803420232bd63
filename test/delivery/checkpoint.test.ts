import fs from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { dset } from 'dset'
import type { Checkpoint } from '../../src/delivery/checkpoint-format'
import type { DeliveryOptions } from '../../src/delivery/delivery'
import { temporaryFolder } from '../temporary-folder'
import { deliver, DOWN, inputOf, numbered, REJECTED } from './deliver'
import { watchDisk } from './disk'
import type { WatchedDisk } from './disk'
import { DELIVERED } from './receiver'
import { VirtualClock } from './virtual-clock'

const file = temporaryFolder()

const checkpoint = () => ({ checkpoint: { file: file('checkpoint'), options: {} } })
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => String(from + index))

function stateIn(name: string): Checkpoint {
  return (JSON.parse(fs.readFileSync(name, 'utf8')) as { state: Checkpoint }).state
}

let disk: WatchedDisk

beforeEach(() => {
  disk = watchDisk()
})

afterEach(() => jest.restoreAllMocks())

describe('a run that resumes', () => {
  it('delivers what the earlier run had not read', async () => {
    const options = { lines: numbered(400), ...checkpoint() }

    const first = await deliver({
      ...options,
      respond: ({ messageId }, delivery) => (messageId === '20' ? (delivery.stop(), DELIVERED) : DELIVERED)
    })
    const second = await deliver(options)

    expect(first.sent).toEqual(numbers(1, 20))
    expect(second.sent).toEqual(numbers(21, 400))
    expect(second.summary.tally.total).toBe(400)
  })

  it('remembers the unsettled events of the earlier run, even if it stops before it reads them', async () => {
    const options = { lines: numbered(100), retries: 5, ...checkpoint() }
    const waiting = ['1', '60', '90']

    await deliver({
      ...options,
      respond: ({ messageId }, delivery) => {
        if (messageId === '100') {
          delivery.stop()
        }
        return waiting.includes(String(messageId)) ? DOWN : DELIVERED
      }
    })
    const second = await deliver({ ...options, respond: (_event, delivery) => (delivery.stop(), DELIVERED) })
    const third = await deliver(options)
    const fourth = await deliver(options)

    expect(second.sent).toEqual(['1'])
    expect(third.sent).toEqual(['60', '90'])
    expect(third.summary.tally.counts).toMatchObject({ delivered: 100 })
    expect([third.wasFinished, fourth.wasFinished]).toEqual([false, true])
  })

  it('goes on where the last of several runs stopped, and counts on', async () => {
    const options = {
      lines: numbered(400, { receivedAt: '2026-01-02' }).concat({
        type: 'track',
        messageId: 'old',
        receivedAt: '2026-01-01'
      }),
      selection: { since: Date.UTC(2026, 0, 2), limit: 300 },
      ...checkpoint()
    }
    const until = (last: number) => ({
      respond: ({ messageId }: { messageId?: unknown }, delivery: { stop(): void }) => {
        if (messageId === String(last)) {
          delivery.stop()
        }
        return messageId === '1' || messageId === '260' ? REJECTED : DELIVERED
      }
    })

    const attempts = []
    for (const last of [20, 250, Infinity]) {
      attempts.push(await deliver({ ...options, ...until(last) }))
    }

    expect(attempts.map(({ sent }) => sent)).toEqual([numbers(1, 20), numbers(21, 250), numbers(251, 300)])
    expect(attempts[2].summary.selection).toEqual({ counted: 300, outsidePeriod: 0, withoutTime: 0, otherShards: 0 })
    expect(attempts[2].summary.tally.listReasons()).toMatchObject([{ reason: 'No.', count: 2, line: 1 }])
  })

  it('delivers the rest of an input that broke off', async () => {
    const events = numbered(30).map((event) => `${JSON.stringify(event)}\n`)
    const broken = function* () {
      yield Buffer.from(events.slice(0, 10).join(''))
      throw Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' })
    }

    const first = await deliver({
      inputs: [{ name: 'events.ndjson', open: () => Readable.from(broken()) }],
      ...checkpoint()
    })
    const second = await deliver({ lines: numbered(30), ...checkpoint() })

    expect(first.summary.stopReason).toMatchObject({ kind: 'error', error: { input: 'events.ndjson' } })
    expect(second.wasFinished).toBe(false)
    expect(second.sent).toEqual(numbers(11, 30))
  })

  it('drops what the undelivered file has after the bytes that the checkpoint counts', async () => {
    const options = { lines: numbered(6), ...checkpoint() }
    const [first, , , , fifth] = numbered(6).map((event) => `${JSON.stringify(event)}\n`)

    await deliver({
      ...options,
      respond: ({ messageId }, delivery) => {
        if (messageId === '3') {
          delivery.stop()
        }
        return messageId === '1' ? REJECTED : DELIVERED
      }
    })
    fs.appendFileSync(file('checkpoint.undelivered.ndjson'), 'saved again, and longer than what follows'.repeat(10))
    await deliver({ ...options, respond: ({ messageId }) => (messageId === '5' ? REJECTED : DELIVERED) })

    expect(await readFile(file('checkpoint.undelivered.ndjson'), 'utf8')).toBe(first + fifth)
  })

  it.each([
    ['is empty', () => ''],
    ['has lost its last line', (text: string) => text.slice(0, text.indexOf('\n') + 1)],
    ['has lost its last line and the end of the line before', (text: string) => text.slice(0, text.indexOf('\n'))],
    ['has other lines of other lengths', () => `${'Somebody wrote this.'.repeat(100)}\n`]
  ])(
    'continues undelivered file and report at their real end if somebody made them so that each %s',
    async (_how, edit) => {
      const files = [file('checkpoint.undelivered.ndjson'), file('report')]
      const options = {
        lines: numbered(4),
        ...checkpoint(),
        report: { file: file('report'), content: 'undelivered' } as const,
        respond: ({ messageId }: { messageId?: unknown }, delivery: { stop(): void }) => {
          if (messageId === '2') {
            delivery.stop()
          }
          return messageId === '3' ? DELIVERED : REJECTED
        }
      }
      await deliver(options)
      const left = files.map((name) => edit(fs.readFileSync(name, 'utf8')))
      files.forEach((name, index) => fs.writeFileSync(name, left[index]))

      await deliver(options)

      const lines = files.map((name) => fs.readFileSync(name, 'utf8').split('\n').filter(Boolean))
      expect(lines.map((all) => all.slice(0, -1))).toEqual(left.map((text) => text.split('\n').filter(Boolean)))
      expect(lines.map((all): unknown => JSON.parse(all[all.length - 1]))).toEqual([
        numbered(4)[3],
        expect.objectContaining({ line: 4, outcome: 'rejected' })
      ])
    }
  )

  it('starts the undelivered file anew if it is gone', async () => {
    const options = { lines: numbered(4), ...checkpoint() }
    const respond = ({ messageId }: { messageId?: unknown }, delivery: { stop(): void }) => {
      if (messageId === '2') {
        delivery.stop()
      }
      return messageId === '1' || messageId === '4' ? REJECTED : DELIVERED
    }

    await deliver({ ...options, respond })
    fs.rmSync(file('checkpoint.undelivered.ndjson'))
    await deliver({ ...options, respond })

    expect(await readFile(file('checkpoint.undelivered.ndjson'), 'utf8')).toBe(`${JSON.stringify(numbered(4)[3])}\n`)
  })
})

describe('a checkpoint on disk', () => {
  const files = (): Pick<DeliveryOptions, 'checkpoint' | 'undelivered' | 'report'> => ({
    ...checkpoint(),
    undelivered: file('undelivered'),
    report: { file: file('report'), content: 'all' }
  })

  it('replaces the one before in one step, after everything that it counts on', async () => {
    await deliver({ lines: numbered(3), respond: () => REJECTED, ...files() })

    // The first one, before the first request, and the last one.
    expect(disk.replaced).toEqual([
      { file: file('checkpoint'), notSynced: [] },
      { file: file('checkpoint'), notSynced: [] }
    ])
    expect(disk.notSynced).toEqual([])
  })

  it('is the one before if the next one can not be written to its end', async () => {
    const options = { lines: numbered(3), ...checkpoint() }
    await deliver({ ...options, respond: (_event, delivery) => (delivery.stop(), DELIVERED) })
    const before = await readFile(file('checkpoint'), 'utf8')
    disk.isFull = true

    const { summary } = await deliver(options)

    expect(summary.stopReason).toMatchObject({
      kind: 'error',
      error: { name: 'WriteError', file: file('checkpoint'), cause: { code: 'ENOSPC' } }
    })
    expect(await readFile(file('checkpoint'), 'utf8')).toBe(before)
  })

  it('is not taken for missing if it can not be read', async () => {
    fs.mkdirSync(file('checkpoint'))

    await expect(deliver({ lines: numbered(1), ...checkpoint() })).rejects.toMatchObject({
      name: 'InputError',
      cause: { code: 'EISDIR' }
    })
  })

  it('is not written again after one that the end of the run waits for', async () => {
    const clock = new VirtualClock()
    disk.beforeWrite = () => clock.sleep(300)

    // The run ends at 1500 ms, while the checkpoint of 1300 ms is written.
    await deliver({ clock, lines: numbered(1), latency: 1200, ...checkpoint() })

    expect(disk.replaced).toHaveLength(3)
    expect(clock.running).toBe(0)
  })

  it('is readable by its owner only, as are the other files of a run', async () => {
    await deliver({ lines: numbered(1), respond: () => REJECTED, ...files() })

    for (const name of ['checkpoint', 'undelivered', 'report']) {
      expect([name, (await stat(file(name))).mode & 0o777]).toEqual([name, 0o600])
    }
  })

  it('is written once a second, and at both ends of the run', async () => {
    const clock = new VirtualClock()
    const times: number[] = []
    disk.onReplace = () => times.push(clock.now())

    await deliver({ clock, lines: numbered(7), latency: 500, ...checkpoint() })

    expect(times).toEqual([0, 1000, 2000, 3000, 3500])
    expect(clock.running).toBe(0)
  })
})

describe('a checkpoint that somebody has edited', () => {
  const edits: [what: string, path: string, value: unknown, problem: string][] = [
    ['no last position', 'readUpTo', undefined, 'an event is unsettled that it has not read'],
    ['null for a position', 'readUpTo', null, '/readUpTo must be object'],
    ['a later position', 'readUpTo.line', 60, 'its checksum is another one'],
    ['a file that is not there', 'readUpTo.input', 1, 'its checksum is another one'],
    ['text for an event', 'unsettled', ['x'], '/unsettled/0 must be array'],
    ['half an event', 'unsettled', [[0]], '/unsettled/0 must NOT have fewer than 2 items'],
    ['an event that was not read', 'unsettled', [[0, 70]], 'an event is unsettled that it has not read'],
    ['an event twice', 'unsettled', [3, 3].map((line) => [0, line]), 'unsettled events are out of order'],
    ['no unsettled events', 'unsettled', [], 'its checksum is another one'],
    ['the end, and unsettled events', 'isFinished', true, 'it is finished, and events are not settled'],
    ['text for a count', 'tally.counts.delivered', '1', '/tally/counts/delivered must be integer'],
    ['no count', 'tally.counts.failed', undefined, "/tally/counts must have required property 'failed'"],
    ['a count below zero', 'tally.counts.rejected', -1, '/tally/counts/rejected must be >= 0'],
    ['too few events', 'tally.counts.rejected', 0, 'there are more reasons for "rejected" than such events'],
    ['another count', 'tally.counts.delivered', 9, 'its checksum is another one'],
    ['no reasons', 'tally.reasons', undefined, "/tally must have required property 'reasons'"],
    ['no selection', 'selection', undefined, "must have required property 'selection'"],
    ['null for the inputs', 'inputs', null, '/inputs must be object'],
    ['text for what was read', 'inputs.reading', 'x', '/inputs/reading must be object'],
    ['text for a length', 'undelivered.bytes', '5', '/undelivered/bytes must be integer'],
    ['a number for an option', 'options.limit', 5, '/options/limit must be string']
  ]

  it.each(edits)('to have %s is refused, and left as it is', async (_what, place, value, problem) => {
    const options = { lines: numbered(6), retries: 5, ...checkpoint() }
    await deliver({
      ...options,
      respond: ({ messageId }, delivery) => {
        if (messageId === '4') {
          delivery.stop()
        }
        return messageId === '1' ? REJECTED : messageId === '3' ? DOWN : DELIVERED
      }
    })
    const whole = JSON.parse(fs.readFileSync(file('checkpoint'), 'utf8')) as object
    dset(whole, `state.${place}`, value)
    const text = JSON.stringify(whole)
    fs.writeFileSync(file('checkpoint'), text)

    const resumed = deliver(options)

    await expect(resumed).rejects.toThrow(`The checkpoint ${file('checkpoint')} has been changed or is damaged: `)
    await expect(resumed).rejects.toThrow(`${problem}. Restore it, or name another file to start anew.`)
    expect(fs.readFileSync(file('checkpoint'), 'utf8')).toBe(text)
  })

  it('is used if only its layout changed', async () => {
    const options = { lines: numbered(6), ...checkpoint() }
    await deliver({ ...options, respond: (_event, delivery) => (delivery.stop(), DELIVERED) })
    fs.writeFileSync(
      file('checkpoint'),
      JSON.stringify(JSON.parse(fs.readFileSync(file('checkpoint'), 'utf8')), null, 2)
    )

    expect((await deliver(options)).sent).toEqual(numbers(2, 6))
  })
})

describe('a checkpoint of a slow disk', () => {
  it('counts every event and its reason once, although more are rejected while it is written', async () => {
    const written: Pick<Checkpoint, 'tally' | 'selection'>[] = []
    let release = () => undefined as void
    const fourRejected = new Promise<void>((resolve) => (release = resolve))
    disk.onSync = async (name) => (name === file('checkpoint.undelivered.ndjson') ? fourRejected : undefined)
    disk.onReplace = (name) => written.push(stateIn(`${name}.new`))

    await deliver({
      lines: numbered(6),
      latency: 400,
      respond: ({ messageId }) => (messageId === '5' ? (release(), REJECTED) : REJECTED),
      ...checkpoint()
    })

    const counts = written.map(({ tally: { counts, reasons }, selection }) => [
      counts.rejected,
      reasons.reduce((sum, { count }) => sum + count, 0),
      selection.counted
    ])
    expect(counts).toEqual([
      [0, 0, 0],
      [2, 2, 6],
      [6, 6, 6]
    ])
  })
})

describe('the list of inputs beside a checkpoint', () => {
  /** Each of one event. */
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      ...inputOf([{ type: 'track', messageId: String(index) }], `${index}.ndjson`),
      stored: { size: 10, modified: 1, changed: 1, dev: 1, ino: index }
    }))
  const stopAt = (last: number): Parameters<typeof deliver>[0]['respond'] => {
    return ({ messageId }, delivery) => (messageId === String(last) ? (delivery.stop(), DELIVERED) : DELIVERED)
  }
  const linesOf = () => fs.readFileSync(file('checkpoint.inputs'), 'utf8').trim().split('\n')

  it('is written once, and grows by what was read of an input, so that a checkpoint stays small', async () => {
    const inputs = many(300)

    const first = await deliver({ inputs, latency: 100, respond: stopAt(200), ...checkpoint() })
    const [listed, size] = [linesOf(), (await stat(file('checkpoint'))).size]
    const second = await deliver({ inputs, ...checkpoint() })

    expect(listed.slice(0, 300).map((line) => (JSON.parse(line) as { path: string }).path)).toEqual(
      inputs.map(({ name }) => name)
    )
    // All are read ahead, and what was read of the last one is in the checkpoint.
    expect(listed.slice(300)).toEqual(
      Array.from({ length: 299 }, (_, input): unknown => expect.stringContaining(`{"input":${input},"read":{"bytes":`))
    )
    expect(size).toBeLessThan(2000)
    expect([first.sent.length, second.sent.length]).toEqual([201, 99])
    expect(linesOf().slice(0, 599)).toEqual(listed)
  })

  it.each([
    ['is missing', () => fs.rmSync(file('checkpoint.inputs'))],
    ['is shorter', () => fs.truncateSync(file('checkpoint.inputs'), 100)],
    ['has another size', () => fs.writeFileSync(file('checkpoint.inputs'), linesOf().join('\n').replace('10', '11'))]
  ])('keeps a run from resuming if it %s', async (_how, change) => {
    await deliver({ inputs: many(3), respond: stopAt(1), ...checkpoint() })
    change()

    await expect(deliver({ inputs: many(3), ...checkpoint() })).rejects.toThrow(
      `${file('checkpoint.inputs')} is missing or has been changed. Restore it, or name another file to start anew.`
    )
  })

  it('is written anew if a run was killed before its first checkpoint', async () => {
    fs.writeFileSync(file('checkpoint.inputs'), 'half a li')

    expect((await deliver({ inputs: many(3), ...checkpoint() })).sent).toEqual(['0', '1', '2'])
    expect((await deliver({ inputs: many(3), ...checkpoint() })).wasFinished).toBe(true)
  })
})

describe('the inputs of a checkpoint', () => {
  it('are read from the first one that is not settled', async () => {
    const opened: string[] = []
    const inputs = ['a', 'b', 'c'].map((name, index) => {
      const input = inputOf([{ type: 'track', messageId: String(index + 1) }], name)
      return { ...input, open: () => (opened.push(name), input.open()) }
    })

    await deliver({
      inputs,
      ...checkpoint(),
      respond: ({ messageId }, delivery) => (messageId === '2' ? (delivery.stop(), DELIVERED) : DELIVERED)
    })
    opened.splice(0)
    const { sent } = await deliver({ inputs, ...checkpoint() })

    expect(sent).toEqual(['3'])
    expect(opened).toEqual(['c'])
  })
})
