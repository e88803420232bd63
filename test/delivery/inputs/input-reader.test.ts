import { Readable } from 'node:stream'
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
  const idsOf = async (...inputs: Parameters<typeof reading>[]) => {
    const reads = await Promise.all(inputs.map((input) => reading(...input)))
    return reads.flat().map((read) => ('event' in read ? read.event.messageId : undefined))
  }

  it('gets one of its own, even if another line or file has the same text', async () => {
    const ids = await idsOf([[track, track]], [[track], 'other.ndjson'], [['{"type":"track"}']])

    expect(ids).toEqual(Array<unknown>(4).fill(expect.stringMatching(/^derived-[0-9a-f]{32}$/)))
    expect(new Set(ids).size).toBe(4)
  })

  it('gets the same one each time, under which it is saved', async () => {
    const [[first], [again]] = [await reading([track]), await reading([track])]

    expect(again).toEqual(first)
    expect(first.raw).toBe(`{"type":"track","event":"Signed Up","messageId":"${String((await idsOf([[track]]))[0])}"}`)
  })

  it.each(['null', '""'])('is one whose messageId is %s', async (id) => {
    expect(await idsOf([[`{"type":"track","messageId":${id}}`]])).toEqual([expect.stringMatching(/^derived-/)])
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

async function reading(lines: string[], name = 'events.ndjson') {
  const reader = new InputReader([{ name, open: () => Readable.from([Buffer.from(lines.join('\n'))]) }])
  const reads: EventRead[] = []
  for await (const chunk of reader.events()) {
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
  return { name: 'events.ndjson', open: () => Readable.from([Buffer.from(lines.join(''))]) }
}
