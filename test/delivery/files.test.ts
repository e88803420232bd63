import { mkdir, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { DeliveryOptions } from '../../src/delivery/delivery'
import { findInputs } from '../../src/delivery/inputs/find-inputs'
import { temporaryFolder } from '../temporary-folder'
import { deliver, numbered, REJECTED } from './deliver'
import { watchDisk } from './disk'
import type { WatchedDisk } from './disk'
import { DELIVERED } from './receiver'
import { VirtualClock } from './virtual-clock'

const file = temporaryFolder()
let disk: WatchedDisk

beforeEach(() => {
  disk = watchDisk()
})

afterEach(() => jest.restoreAllMocks())

describe.each<[string, (name: string) => Partial<Pick<DeliveryOptions, 'undelivered' | 'report'>>]>([
  ['undelivered events', (name) => ({ undelivered: name })],
  ['results', (name) => ({ report: { file: name, content: 'all' } })]
])('a file of %s', (_of, options) => {
  it('is never one that exists', async () => {
    await writeFile(file('out'), 'precious')

    await expect(deliver({ lines: numbered(1), ...options(file('out')) })).rejects.toMatchObject({
      name: 'WriteError',
      message: `Cannot write ${file('out')}.`,
      cause: { code: 'EEXIST', message: `${file('out')} exists.` }
    })
    expect(await readFile(file('out'), 'utf8')).toBe('precious')
  })

  it.each([
    ['is missing', 'no/out', 'ENOENT'],
    ['is a file', 'file/out', 'ENOTDIR']
  ])('needs its folder before the run starts: one that %s', async (_what, name, code) => {
    await writeFile(file('file'), '')

    await expect(deliver({ lines: numbered(1), ...options(file(name)) })).rejects.toMatchObject({ cause: { code } })
  })

  it('stops the run, if its disk can not sync it', async () => {
    disk.isBroken = true

    const { summary } = await deliver({ lines: numbered(1), respond: () => REJECTED, ...options(file('out')) })

    expect(summary.stopReason).toMatchObject({
      kind: 'error',
      error: { name: 'WriteError', file: file('out'), cause: { code: 'EIO' } }
    })
  })

  it('is whole, even if the disk takes a few bytes at a time', async () => {
    disk.takesLittle = true

    await deliver({ lines: numbered(9), respond: () => REJECTED, ...options(file('out')) })

    const lines = (await readFile(file('out'), 'utf8')).trimEnd().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as { messageId: string }).messageId)).toEqual([
      ...['1', '2', '3', '4', '5', '6', '7', '8', '9']
    ])
  })

  it('does not exist if it would be empty', async () => {
    await deliver({ ...options(file('out')) })

    expect(await readdir(file())).toEqual([])
  })
})

describe('a slow disk', () => {
  it('holds up reading if more than 4 MiB wait for it', async () => {
    const clock = new VirtualClock()
    const size = 64 * 1024
    let settled = 0
    let settledBefore = 0
    disk.beforeWrite = async () => {
      await clock.sleep(1000)
      settledBefore ||= settled
    }

    await deliver({
      clock,
      // None is an event, so none is sent.
      lines: Array<string>(200).fill('x'.repeat(size - 1)),
      undelivered: file('undelivered'),
      notify: ({ kind }) => (settled += kind === 'settled' ? 1 : 0)
    })

    expect(settledBefore * size).toBeGreaterThan(4 * 1024 * 1024)
    expect(settledBefore * size).toBeLessThan(6 * 1024 * 1024)
    expect(settled).toBe(200)
  })
})

describe('the files of a run', () => {
  it.each([false, true])('are closed at its end, even if the disk is full: %s', async (isFull) => {
    await writeFile(
      file('in'),
      numbered(3)
        .map((event) => JSON.stringify(event))
        .join('\n')
    )
    disk.isFull = isFull

    await deliver({
      inputs: await findInputs([file('in')], () => Readable.from([])),
      checkpoint: { file: file('checkpoint'), options: {} },
      report: { file: file('report'), content: 'all' },
      respond: () => REJECTED
    })

    expect(disk.opened).toBeGreaterThanOrEqual(isFull ? 1 : 7)
    expect(disk.open).toBe(0)
  })
})

describe('the files of a run that resumes', () => {
  it('are continued, or new if they have another name', async () => {
    const inFile = (name: string) => ({
      lines: numbered(2),
      checkpoint: { file: file('checkpoint'), options: {} },
      undelivered: file(name),
      report: { file: file('report'), content: 'undelivered' as const }
    })
    const [first, second] = numbered(2).map((event) => `${JSON.stringify(event)}\n`)

    await deliver({ ...inFile('one'), respond: (_event, delivery) => (delivery.stop(), REJECTED) })
    await deliver({ ...inFile('other'), respond: () => REJECTED })

    expect([await readFile(file('one'), 'utf8'), await readFile(file('other'), 'utf8')]).toEqual([first, second])
    expect((await readFile(file('report'), 'utf8')).match(/"line":\d/g)).toEqual(['"line":1', '"line":2'])
  })

  it('stop it if they can not be opened', async () => {
    const options = { lines: numbered(2), checkpoint: { file: file('checkpoint'), options: {} } }
    await deliver({ ...options, respond: (_event, delivery) => (delivery.stop(), REJECTED) })
    await rm(file('checkpoint.undelivered.ndjson'))
    await mkdir(file('checkpoint.undelivered.ndjson'))

    await expect(deliver(options)).rejects.toMatchObject({ name: 'WriteError', cause: { code: 'EISDIR' } })
  })

  it('are not touched if an earlier run has settled everything', async () => {
    const options = { lines: numbered(2), checkpoint: { file: file('checkpoint'), options: {} } }
    await deliver({ ...options, respond: () => REJECTED })
    disk.replaced = []

    const { sent, summary } = await deliver(options)

    expect([sent, summary.stopReason, disk.replaced]).toEqual([[], undefined, []])
    expect(summary.tally.counts.rejected).toBe(2)
  })
})

describe('the inputs of a checkpoint', () => {
  const TIME = new Date(1_700_000_000_000)
  const ids = numbered(2).map((event) => `${JSON.stringify(event)}\n`)

  async function write(name: string, text: string): Promise<void> {
    await writeFile(file(name), text)
    await utimes(file(name), TIME, TIME)
  }

  async function deliverFrom(name: string) {
    return deliver({
      inputs: await findInputs([file(name)], () => Readable.from([])),
      checkpoint: { file: file('checkpoint'), options: {} },
      respond: (_event, delivery) => (delivery.stop(), DELIVERED)
    })
  }

  it('have the same path, even if their content is the same', async () => {
    await write('a', ids.join(''))
    await write('b', ids.join(''))
    await deliverFrom('a')

    await expect(deliverFrom('b')).rejects.toThrow(`${file('b')} has changed since then.`)
  })

  it('have the same size, even if they start with the same 64 KiB', async () => {
    const start = ids[0].padStart(64 * 1024)
    await write('a', start + ids[1])
    await deliverFrom('a')
    await write('a', start + ids[1] + ids[1])

    await expect(deliverFrom('a')).rejects.toThrow(`${file('a')} has changed since then.`)
  })
})
