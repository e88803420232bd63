import { writeFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { Progress, Waiting } from '../../src/delivery/delivery'
import { findInputs } from '../../src/delivery/inputs/find-inputs'
import { temporaryFolder } from '../temporary-folder'
import { deliver, DOWN, inputOf, numbered, REJECTED } from './deliver'
import { DELIVERED } from './receiver'
import { VirtualClock } from './virtual-clock'

const file = temporaryFolder()

describe('the progress', () => {
  it('counts outcomes and requests in flight', async () => {
    const seen: object[] = []

    await deliver({
      lines: numbered(5),
      concurrency: 3,
      latency: 10,
      respond: ({ messageId }, delivery) => {
        const { events, inFlight, counts } = delivery.progress()
        seen.push({ events, inFlight, rejected: counts.rejected, failed: counts.failed })
        return { 1: REJECTED, 2: DOWN }[Number(messageId)] ?? DELIVERED
      }
    })

    expect(seen).toEqual([
      { events: 0, inFlight: 1, rejected: 0, failed: 0 },
      { events: 0, inFlight: 2, rejected: 0, failed: 0 },
      { events: 0, inFlight: 3, rejected: 0, failed: 0 },
      { events: 1, inFlight: 3, rejected: 1, failed: 0 },
      { events: 1, inFlight: 3, rejected: 1, failed: 0 }
    ])
  })

  it('has the time for which the receiver asks to wait, until it is over', async () => {
    const clock = new VirtualClock()
    const pauses: (Waiting | undefined)[] = []

    await deliver({
      clock,
      lines: numbered(1),
      retries: 5,
      respond: () => (clock.now() === 0 ? { ...DOWN, retryAfter: 60_000 } : DELIVERED),
      onStart: (delivery) =>
        [0, 1000, 59_000, 61_000].forEach((time) => clock.after(time, () => pauses.push(delivery.progress().waiting)))
    })

    expect(pauses).toEqual([
      undefined,
      { for: 'retry-after', elapsed: 1000, left: 59_000 },
      { for: 'retry-after', elapsed: 59_000, left: 1000 }
    ])
  })

  it('has the bytes of all files, those of earlier runs and of skipped files included', async () => {
    const texts = [numbered(2), numbered(2, { type: 'page' })].map((events) =>
      events.map((event) => `${JSON.stringify(event)}\n`).join('')
    )
    await writeFile(file('a'), texts[0])
    await writeFile(file('b'), texts[1])
    const inputs = await findInputs([file('a'), file('b')], () => Readable.from([]))
    const options = { inputs, checkpoint: { file: file('checkpoint'), options: {} } }
    const seen: (Partial<Progress> & { done?: number })[] = []
    const look = (delivery: { done?: number; progress(): Progress }) => {
      const { bytes, totalBytes, events } = delivery.progress()
      seen.push({ bytes, totalBytes, events, done: delivery.done })
    }

    let count = 0
    await deliver({
      ...options,
      respond: (_event, delivery) => (++count === 2 ? (delivery.stop(), DELIVERED) : DELIVERED),
      onStart: look
    })
    await deliver({ ...options, onStart: look, respond: (_event, delivery) => (look(delivery), DELIVERED) })

    const totalBytes = texts.join('').length
    expect(seen[0]).toEqual({ bytes: 0, totalBytes, events: 0, done: undefined })
    expect(seen[1]).toEqual({ bytes: 0, totalBytes, events: 2, done: 2 })
    // Everything is read, and two events of four are settled.
    expect(seen[2].bytes).toBe(totalBytes / 2)
  })

  it('has the share of the events that wait for one key, once reading has to wait', async () => {
    const clock = new VirtualClock()
    const shares: number[] = []

    await deliver({
      clock,
      lines: numbered(20_010),
      concurrency: 2,
      latency: 10_000,
      batchSize: 1000,
      // The first event of each key holds up the others: four fifths of all, and one fifth.
      keysOf: ({ messageId }) => {
        const key = Number(messageId) % 5 === 1 ? 'one' : 'other'
        return Number(messageId) <= 2 ? { reads: [], writes: [key] } : { reads: [key], writes: [] }
      },
      onStart: (delivery) =>
        [5000, 30_000].forEach((time) => clock.after(time, () => shares.push(delivery.progress().blockedShare)))
    })

    expect(shares).toEqual([0.8, 0])
  })

  it('does not know the bytes of an input that is not a file', async () => {
    let progress: Progress | undefined

    await deliver({ inputs: [inputOf(numbered(1))], onStart: (delivery) => (progress = delivery.progress()) })

    expect(progress).toMatchObject({ bytes: 0, totalBytes: undefined })
  })
})

describe('the summary', () => {
  it('names the inputs without events', async () => {
    const { summary } = await deliver({ inputs: [inputOf([], 'a'), inputOf(numbered(1), 'b'), inputOf([''], 'c')] })

    expect(summary.emptyInputs).toEqual(['a', 'c'])
  })

  it('says where to continue: at the first event that is not settled', async () => {
    const { summary } = await deliver({
      lines: numbered(9),
      retries: 5,
      respond: ({ messageId }, delivery) => {
        if (messageId === '6') {
          delivery.stop()
        }
        return messageId === '3' ? DOWN : DELIVERED
      }
    })

    expect(summary.continueAt).toMatchObject({ file: 'events.ndjson', unit: 'line', line: 3 })
  })

  it('says nowhere if everything is settled', async () => {
    const { summary } = await deliver({ lines: numbered(9) })

    expect(summary).toMatchObject({ stopReason: undefined, continueAt: undefined })
  })
})
