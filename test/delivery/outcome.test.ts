import type { AttemptResult } from '../../src/runtime'
import { temporaryFolder } from '../temporary-folder'
import { deliver, inputOf, numbered } from './deliver'

const file = temporaryFolder()

describe('an event that goes to two mappings', () => {
  /** From the outcome that matters least to the one that matters most. */
  const bySeverity: Pick<AttemptResult, 'outcome' | 'reason'>[] = [
    { outcome: 'delivered', reason: undefined },
    { outcome: 'rejected', reason: 'Malformed.' },
    { outcome: 'retryable', reason: 'Down.' }
  ]
  const pairs = bySeverity.flatMap((worse, index) =>
    bySeverity.slice(0, index).flatMap((better) => [
      { first: worse, second: better, decisive: 'First', worse },
      { first: better, second: worse, decisive: 'Second', worse }
    ])
  )

  it.each(pairs)(
    'has the worse outcome: $first.outcome and $second.outcome',
    async ({ first, second, ...expected }) => {
      const attempt = async (): Promise<AttemptResult[]> => [
        { mapping: 0, scope: 'event', ...first },
        { mapping: 1, scope: 'event', ...second }
      ]

      const { results } = await deliver({
        lines: numbered(1),
        runtime: {
          mappings: [{ name: 'First' }, { name: 'Second' }],
          route: () => ({ mappings: [0, 1] }),
          attempt,
          attemptBatch: async (events) => Promise.all(events.map(attempt))
        }
      })

      const { outcome, reason } = expected.worse
      expect(results).toEqual([
        expect.objectContaining({
          outcome: outcome === 'retryable' ? 'failed' : outcome,
          reason,
          mapping: expected.decisive
        })
      ])
    }
  )

  it('is sent again under the mapping that failed only', async () => {
    const attempts: (readonly number[])[] = []
    const attempt = async (mappings: readonly number[]): Promise<AttemptResult[]> => {
      attempts.push(mappings)
      return mappings.map((mapping) => ({
        mapping,
        scope: 'event',
        outcome: mapping === 1 && attempts.length === 1 ? 'retryable' : 'delivered'
      }))
    }

    const { results } = await deliver({
      lines: numbered(1),
      retries: 5,
      runtime: {
        mappings: [{ name: 'First' }, { name: 'Second' }],
        route: () => ({ mappings: [0, 1] }),
        attempt: (_event, mappings) => attempt(mappings),
        attemptBatch: (events, mappings) => Promise.all(events.map(() => attempt(mappings)))
      }
    })

    expect(attempts).toEqual([[0, 1], [1]])
    expect(results).toMatchObject([{ outcome: 'delivered', attempts: 2 }])
  })
})

describe('the reasons of a run', () => {
  it('are counted together after a thousand, so that they do not fill the memory', async () => {
    const { summary } = await deliver({
      lines: numbered(1200),
      concurrency: 64,
      respond: ({ messageId }) => ({ outcome: 'rejected', status: 400, reason: `No user ${Number(messageId) % 1100}.` })
    })

    const reasons = summary.tally.listReasons()
    expect(reasons).toHaveLength(1001)
    expect(reasons[0]).toMatchObject({ reason: 'Other reasons.', outcome: 'rejected', count: 100, line: 1001 })
    // The first hundred came twice.
    expect(reasons.map(({ count }) => count)).toEqual([
      100,
      ...Array<number>(100).fill(2),
      ...Array<number>(900).fill(1)
    ])
    expect(summary.tally.counts.rejected).toBe(1200)
  })

  it('are told apart by their outcome', async () => {
    const { summary } = await deliver({
      lines: numbered(3),
      respond: ({ messageId }) =>
        messageId === '3'
          ? { outcome: 'delivered' }
          : { outcome: messageId === '1' ? 'rejected' : 'retryable', reason: 'So it is.' }
    })

    expect(summary.tally.listReasons()).toEqual([
      { outcome: 'rejected', reason: 'So it is.', count: 1, file: 'events.ndjson', unit: 'line', line: 1 },
      { outcome: 'failed', reason: 'So it is.', count: 1, file: 'events.ndjson', unit: 'line', line: 2 }
    ])
  })
})

describe('undelivered events', () => {
  it('are those that were rejected, failed or not tried, of which some have no text to save', async () => {
    const { summary } = await deliver({
      inputs: [inputOf(['[{"type":"track"},'], 'broken.json'), inputOf(numbered(4))],
      undelivered: file('undelivered'),
      respond: ({ messageId }) =>
        messageId === '2' ? { outcome: 'rejected', status: 401, reason: 'No.' } : { outcome: 'delivered' }
    })

    expect(summary.tally.counts).toMatchObject({ delivered: 1, rejected: 2, 'not tried': 2 })
    expect([summary.tally.undelivered, summary.tally.unsaved]).toEqual([4, 1])
  })
})

describe('a last event that fails', () => {
  it('is settled, because no other event can show that the receiver works', async () => {
    const { summary, results } = await deliver({
      lines: numbered(3),
      respond: ({ messageId }) => ({ outcome: messageId === '3' ? 'retryable' : 'delivered' })
    })

    expect(results.map(({ messageId, outcome }) => [messageId, outcome])).toEqual([
      ['1', 'delivered'],
      ['2', 'delivered'],
      ['3', 'failed']
    ])
    expect(summary.stopReason).toBeUndefined()
  })
})
