import { Readable } from 'node:stream'
import { InputReader } from '../../../src/delivery/inputs/input-reader'

describe('reading inputs', () => {
  it('leaves a turn of the event loop to the responses after each chunk', async () => {
    const lines = Array.from({ length: 200 }, (_, number) =>
      JSON.stringify({ type: 'track', event: `${number}`.repeat(500) })
    )
    const reader = new InputReader([
      { name: 'events.ndjson', open: () => Readable.from([Buffer.from(lines.join('\n'))]) }
    ])
    const seen: string[] = []

    for await (const _chunk of reader.events()) {
      seen.push('chunk')
      setImmediate(() => seen.push('turn'))
    }

    expect(seen.slice(0, 6)).toEqual(['chunk', 'turn', 'chunk', 'turn', 'chunk', 'turn'])
  })
})
