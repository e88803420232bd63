import fs from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { Checkpoint } from '../../src/delivery/checkpoint'
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

describe('a checkpoint of a slow disk', () => {
  it('counts every event and its reason once, although more are rejected while it is written', async () => {
    const written: Pick<Checkpoint, 'tally' | 'selection'>[] = []
    let release = () => undefined as void
    const fourRejected = new Promise<void>((resolve) => (release = resolve))
    disk.onSync = async (name) => (name === file('checkpoint.undelivered.ndjson') ? fourRejected : undefined)
    disk.onReplace = (name) => written.push(JSON.parse(fs.readFileSync(`${name}.new`, 'utf8')) as Checkpoint)

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
