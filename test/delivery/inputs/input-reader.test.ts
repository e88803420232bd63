import { Readable } from 'node:stream'
import { InputReader } from '../../../src/delivery/inputs/input-reader'

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

/** @param repeat how often an event's number is repeated in its name */
function inputOf(events: number, repeat = 1) {
  const lines = Array.from(
    { length: events },
    (_, number) => `${JSON.stringify({ type: 'track', event: `${number}`.repeat(repeat) })}\n`
  )
  return { name: 'events.ndjson', open: () => Readable.from([Buffer.from(lines.join(''))]) }
}
