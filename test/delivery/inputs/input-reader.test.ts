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
