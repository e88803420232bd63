import type { SegmentEvent } from '@segment/actions-core'
import type { EventRead } from '../../src/delivery/inputs/read-events'
import type { Notice } from '../../src/delivery/notice'
import { Run } from '../../src/delivery/run'
import type { RunOptions } from '../../src/delivery/run'
import type { AttemptResult } from '../../src/runtime'
import { deliver as deliverEvents, numbered } from './deliver'
import { VirtualClock } from './virtual-clock'

const clock = new VirtualClock()

/** Delivers events `1` to `count` in batches of 10 or so, to a receiver that answers a request with these results. */
async function deliver(
  count: number,
  respond: (ids: string[]) => Omit<AttemptResult, 'mapping'>[],
  { bytesOf = () => 1000, ...options }: Partial<RunOptions> & { bytesOf?(line: number): number } = {}
) {
  const requests: string[] = []
  const notices: Notice[] = []
  const send = async (events: SegmentEvent[]) => {
    const ids = events.map(({ messageId }) => String(messageId))
    requests.push(ids.join())
    return respond(ids).map((result): AttemptResult[] => [{ mapping: 0, ...result }])
  }
  const reads = Array.from({ length: count }, (_, index): EventRead => {
    const event = { type: 'track', messageId: String(index + 1) } as const
    return { file: 'a', input: 0, unit: 'line', line: index + 1, raw: '{}', bytes: bytesOf(index + 1), event }
  })
  const run = new Run({
    events: (async function* () {
      yield reads
    })(),
    runtime: {
      mappings: [{ name: 'All' }],
      attempt: async (event) => (await send([event]))[0],
      attemptBatch: send
    },
    select: () => ({ mappings: [0] }),
    keysOf: () => ({ reads: [], writes: [] }),
    concurrency: 1,
    batchSize: 10,
    retries: 5,
    remaining: 'leave',
    notify: (notice) => notices.push(notice),
    clock,
    ...options
  })
  await clock.run(run.execute())
  const outcomes = notices.flatMap((notice) =>
    notice.kind === 'settled' ? [`${notice.result.messageId} ${notice.result.outcome}`] : []
  )
  return { requests, notices, outcomes }
}

const delivered = { outcome: 'delivered', scope: 'event' } as const

describe('a batch', () => {
  it('has as many events as allowed, and the last one has the rest', async () => {
    const { requests } = await deliver(25, (ids) => ids.map(() => delivered))

    expect(requests).toEqual(['1,2,3,4,5,6,7,8,9,10', '11,12,13,14,15,16,17,18,19,20', '21,22,23,24,25'])
  })

  it('has at most 3.5 MiB, so that its messages stay below the 4 MB of the contract', async () => {
    const { requests } = await deliver(80, (ids) => ids.map(() => delivered), {
      batchSize: 100,
      bytesOf: () => 100 * 1024
    })

    expect(requests.map((ids) => ids.split(',').length)).toEqual([35, 35, 10])
  })

  it('has an event that is larger alone', async () => {
    const { requests } = await deliver(4, (ids) => ids.map(() => delivered), {
      bytesOf: (line) => (line === 2 ? 5_000_000 : 1000)
    })

    expect(requests).toEqual(['1', '2', '3,4'])
  })

  it('has retryable events sent again on their own, and reports rejected ones', async () => {
    let isFirst = true
    const { requests, outcomes } = await deliver(4, (ids) => {
      const results = ids.map((id) => {
        if (id === '2' && isFirst) {
          return { outcome: 'retryable', status: 503, reason: 'Down.', scope: 'event' } as const
        }
        return id === '3' ? ({ outcome: 'rejected', status: 400, reason: 'No.', scope: 'event' } as const) : delivered
      })
      isFirst = false
      return results
    })

    expect(requests).toEqual(['1,2,3,4', '2'])
    expect(outcomes).toEqual(['1 delivered', '3 rejected', '4 delivered', '2 delivered'])
  })

  it.each([404, 405, 501])('is replaced by single requests if there is no endpoint for it: %d', async (status) => {
    const { requests, notices, outcomes } = await deliver(12, (ids) =>
      ids.map(() =>
        ids.length > 1 ? { outcome: 'rejected', status, reason: 'No batches.', scope: 'request' } : delivered
      )
    )

    expect(requests).toEqual(['1,2,3,4,5,6,7,8,9,10', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'])
    expect(notices.filter(({ kind }) => kind === 'no batches')).toHaveLength(1)
    expect(outcomes).toHaveLength(12)
  })

  it('that is too large has its events sent one by one', async () => {
    const { requests, outcomes } = await deliver(3, (ids) =>
      ids.map((id) =>
        ids.length > 1 || id === '2'
          ? { outcome: 'rejected', status: 413, reason: 'Too large.', scope: 'request' }
          : delivered
      )
    )

    expect(requests).toEqual(['1,2,3', '1', '2', '3'])
    expect(outcomes).toEqual(['1 delivered', '2 rejected', '3 delivered'])
  })

  it.each([404, 405, 413, 501])(
    'is replaced for the mapping alone whose request was the problem, and no attempt is lost: %d',
    async (status) => {
      const refused = { outcome: 'rejected', status, reason: 'No.', scope: 'request' } as const
      const requests: string[] = []
      const { outcomes } = await deliver(2, () => [], {
        select: () => ({ mappings: [0, 1] }),
        retries: 0,
        runtime: {
          mappings: [{ name: 'A' }, { name: 'B' }],
          attempt: async ({ messageId }, mappings) => {
            requests.push(`${messageId} under ${mappings.join()}`)
            return mappings.map((mapping) => ({ mapping, ...delivered }))
          },
          attemptBatch: async (events) =>
            events.map(() => [
              { mapping: 0, ...delivered },
              { mapping: 1, ...refused }
            ])
        }
      })

      expect(requests).toEqual(['1 under 1', '2 under 1'])
      expect(outcomes).toEqual(['1 delivered', '2 delivered'])
    }
  )
})

describe('events that go to different mappings', () => {
  /** Odd events go to one mapping, and even ones to the other. */
  async function deliverAlternately(count: number) {
    const requests: string[] = []
    const send = async (events: SegmentEvent[], mappings: readonly number[]) => {
      const ids = events.map(({ messageId }) => Number(messageId))
      requests.push(`${mappings.join()}: ${ids.join()}`)
      return ids.map(() => mappings.map((mapping): AttemptResult => ({ mapping, ...delivered })))
    }
    const { results } = await deliverEvents({
      lines: numbered(count),
      batchSize: 3,
      runtime: {
        mappings: ['Even', 'Odd'].map((name) => ({ name })),
        route: ({ messageId }) => ({ mappings: [Number(messageId) % 2] }),
        attempt: async (event, mappings) => (await send([event], mappings))[0],
        attemptBatch: send
      }
    })
    return { requests, results }
  }

  it('share no batch, and the batch whose first event was read first goes first', async () => {
    const { requests, results } = await deliverAlternately(13)

    expect(requests).toEqual(['1: 1,3,5', '0: 2,4,6', '1: 7,9,11', '0: 8,10,12', '1: 13'])
    expect(results.map(({ mapping }) => mapping)).toEqual([
      ...['Odd', 'Odd', 'Odd', 'Even', 'Even', 'Even', 'Odd', 'Odd', 'Odd', 'Even', 'Even', 'Even', 'Odd']
    ])
  })
})
