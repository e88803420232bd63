import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { InputReader } from '../../../src/delivery/inputs/input-reader'
import type { EventRead } from '../../../src/delivery/inputs/read-events'

describe('reading inputs', () => {
  it.each([[{}], [{ chunkSize: 3 }]])(
    'leaves a turn of the event loop to the responses after each chunk (%j)',
    async (options) => {
      const reader = new InputReader([inputOf(200, 500)], options)
      const seen: string[] = []

      for await (const _chunk of reader.events()) {
        seen.push('chunk')
        setImmediate(() => seen.push('turn'))
      }

      expect(seen.slice(0, 6)).toEqual(['chunk', 'turn', 'chunk', 'turn', 'chunk', 'turn'])
    }
  )

  it('reads no more events at once than wanted', async () => {
    const lines: number[][] = []

    for await (const chunk of new InputReader([inputOf(7), inputOf(1)], { chunkSize: 3 }).events()) {
      lines.push(chunk.map(({ line }) => line))
    }

    expect(lines).toEqual([[1, 2, 3], [4, 5, 6], [7], [1]])
  })

  it('opens the next files ahead, but nothing that can be read only once, and closes all', async () => {
    const opened: Readable[] = []
    const inputs = Array.from({ length: 40 }, (_, index) => ({
      name: `${index}`,
      // The 20th is a pipe.
      stored: index === 20 ? undefined : { size: 1, etag: '' },
      open: () => {
        const stream = Readable.from([Buffer.from('{"type":"track"}')])
        opened.push(stream)
        return stream
      }
    }))
    const reader = new InputReader(inputs)

    const counts: number[] = []
    for await (const { length } of reader.events()) {
      if (length > 0 && counts.push(opened.length) === 6) {
        reader.close()
        break
      }
    }

    expect(counts).toEqual([17, 18, 19, 20, 20, 20])
    expect(opened.map(({ destroyed }) => destroyed)).toEqual(Array(20).fill(true))
  })

  it('fails at an input that could not be opened ahead only when it is its turn', async () => {
    const broken = { name: 'broken', stored: { size: 1, etag: '' }, open: () => createReadStream('/no/such/file') }
    const events = new InputReader([inputOf(1), broken]).events()

    expect((await events.next()).done).toBe(false)
    await new Promise(setImmediate)
    await expect(events.next()).rejects.toMatchObject({ input: 'broken', cause: { code: 'ENOENT' } })
  })
})

describe('an event without messageId', () => {
  const track = '{"type":"track","event":"Signed Up"}'
  const idsOf = (...files: string[][]) => idsIn(files.map((lines) => fileOf(lines.join('\n'))))
  const idsIn = async (...args: ConstructorParameters<typeof InputReader>) => {
    const reads = await readAll(...args)
    return reads.map((read) => ('event' in read ? read.event.messageId : undefined))
  }

  it('gets one of its own, even if another line or file of the run has the same text', async () => {
    const ids = await idsOf([track, track], [track], ['{"type":"track"}'], [track, track])

    expect(ids).toEqual(Array<unknown>(6).fill(expect.stringMatching(/^derived-[0-9a-f]{32}$/)))
    expect(new Set(ids).size).toBe(6)
  })

  it.each([
    ['under another path', () => fileOf(`${track}\n${track}\n`, '/elsewhere/events.json')],
    ['with a byte order mark and CRLF', () => fileOf(`\ufeff${track}\r\n${track}\r\n`)],
    ['in UTF-16', () => fileOf(Buffer.from(`\ufeff${track}\n${track}`, 'utf16le'))],
    ['in gzip', () => fileOf(gzipSync(`${track}\n${track}`), 'events.ndjson.gz')]
  ])('keeps its ID %s', async (_how, same) => {
    expect(await idsIn([same()])).toEqual(await idsOf([track, track]))
  })

  it('has the same one if the run resumes after files that start alike', async () => {
    const files = [[track], ['{"type":"a"}'], [track]].map((lines) => fileOf(lines.join('\n')))
    const whole = await idsIn(files)

    expect(await idsIn(files, { start: 1 })).toEqual(whole.slice(1))
    expect(await idsIn(files, { start: 2 })).toEqual(whole.slice(2))
  })

  it('gets the same one each time, under which it is saved', async () => {
    const [[first], [again]] = [await reading([track]), await reading([track])]

    expect(again).toEqual(first)
    expect(first.raw).toBe(`{"type":"track","event":"Signed Up","messageId":"${String((await idsOf([track]))[0])}"}`)
  })

  it.each(['null', '""'])('is one whose messageId is %s', async (id) => {
    expect(await idsOf([`{"type":"track","messageId":${id}}`])).toEqual([expect.stringMatching(/^derived-/)])
  })

  it('keeps the rest of its text when it is saved', async () => {
    const [{ raw }] = await reading(['{"type":"track", "price":1.50, "messageId":null }'])

    expect(raw).toMatch(/^\{"type":"track", "price":1\.50, "messageId":null ,"messageId":"derived-[0-9a-f]{32}"\}$/)
    expect(JSON.parse(String(raw))).toMatchObject({ messageId: expect.stringMatching(/^derived-/) })
  })

  it('is not one whose messageId is a number: nothing changes', async () => {
    const raw = '{"type":"track", "messageId":7}'

    expect(await reading([raw])).toMatchObject([{ raw, event: { messageId: 7 } }])
  })
})

const reading = (lines: string[]) => readAll([fileOf(lines.join('\n'))])

function fileOf(content: string | Buffer, name = 'events.ndjson') {
  return { name, open: () => Readable.from([Buffer.from(content)]) }
}

async function readAll(...args: ConstructorParameters<typeof InputReader>) {
  const reads: EventRead[] = []
  for await (const chunk of new InputReader(...args).events()) {
    reads.push(...chunk)
  }
  return reads
}

/** @param repeat how often an event's number is repeated in its name */
function inputOf(events: number, repeat = 1) {
  const lines = Array.from(
    { length: events },
    (_, number) => `${JSON.stringify({ type: 'track', event: `${number}`.repeat(repeat) })}\n`
  )
  return fileOf(lines.join(''))
}
