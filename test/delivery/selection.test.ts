import type { JSONObject } from '@segment/actions-core'
import { createKeysOf, destination, timeOf } from '../../src/catalog'
import type { DeliveryOptions } from '../../src/delivery/delivery'
import type { Selection } from '../../src/delivery/selection'
import { deliver, numbered } from './deliver'
import { createReceiver } from './receiver'

/** Of one mapping, whose events have all three IDs. */
const keysOf = createKeysOf([
  {
    action: 'group',
    fields: destination.presets?.find(({ partnerAction }) => partnerAction === 'group')?.mapping as JSONObject
  }
])

const DAY = Date.UTC(2026, 0, 2)

async function select(lines: (string | object)[], selection: Selection) {
  const { sent, results, summary } = await deliver({
    lines: lines.map((line, index) => (typeof line === 'string' ? line : { ...line, messageId: String(index + 1) })),
    selection,
    keysOf
  })
  return { sent: sent.map(Number), results, counts: summary.selection }
}

const at = (receivedAt: unknown, timestamp?: unknown) => ({ type: 'track', receivedAt, timestamp })

describe('the period of a run', () => {
  const before = '2026-01-01T23:59:59.999Z'
  const start = '2026-01-02T00:00:00.000Z'
  const end = '2026-01-03T00:00:00.000Z'

  it('includes its start and excludes its end', async () => {
    const { sent, counts } = await select(
      [before, start, '2026-01-02T23:59:59.999Z', end].map((time) => at(time)),
      { period: { since: DAY, until: Date.parse(end), timeOf } }
    )

    expect(sent).toEqual([2, 3])
    expect(counts).toMatchObject({ counted: 2, outsidePeriod: 2 })
  })

  it.each([
    ['since', { since: DAY }, [1, 3]],
    ['until', { until: DAY }, [2, 4]]
  ])('is that of receivedAt, and of timestamp only without it: %s', async (_name, period, expected) => {
    const { sent } = await select([at(start, before), at(before, start), at(undefined, start), at(null, before)], {
      period: { ...period, timeOf }
    })

    expect(sent).toEqual(expected)
  })

  it('includes events without a readable time', async () => {
    const { sent, counts } = await select([at(undefined), at('yesterday', 7), at('yesterday', before), '{}'], {
      period: { since: DAY, timeOf }
    })

    expect(sent).toEqual([1, 2])
    expect(counts).toMatchObject({ withoutTime: 2, firstWithoutTime: { unit: 'line', line: 1 } })
  })
})

describe('the first position of a run', () => {
  it('skips what is before it, which does not count for the limit', async () => {
    const { sent, counts } = await select(numbered(5), { from: { input: 0, line: 3 }, limit: 2 })

    expect(sent).toEqual([3, 4])
    expect(counts).toEqual({ counted: 2, outsidePeriod: 0, withoutTime: 0, otherShards: 0 })
  })
})

describe('the shards of a run', () => {
  const shardsOf = async (lines: (string | object)[], count = 4) =>
    Promise.all(Array.from({ length: count }, (_, index) => select(lines, { shard: { index, count } })))
  const track = (ids: object) => ({ type: 'track', ...ids })
  const many = (idsOf: (n: number) => object) => Array.from({ length: 40 }, (_, n) => track(idsOf(n)))

  it('deliver each event once', async () => {
    const shards = await shardsOf(many((n) => ({ userId: `user${n}` })))

    expect(shards.flatMap(({ sent }) => sent).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 40 }, (_, n) => n + 1)
    )
    expect(shards.every(({ sent }) => sent.length > 0)).toBe(true)
    expect(shards.map(({ sent, counts }) => sent.length + counts.otherShards)).toEqual([40, 40, 40, 40])
  })

  it.each([
    ['a User, whatever the anonymousId', (n: number) => ({ userId: 'u1', anonymousId: `a${n}`, groupId: `g${n}` })],
    ['a User whose ID is a number or text', (n: number) => ({ userId: n % 2 ? 7 : '7' })],
    [
      'an anonymous visitor, whatever the groupId',
      (n: number) => ({ userId: '', anonymousId: 'a1', groupId: `g${n}` })
    ],
    ['an Account, if there is no other ID', (n: number) => ({ userId: null, groupId: 'g1', traits: { n } })]
  ])('have all events of %s in one shard', async (_whom, idsOf) => {
    const shards = await shardsOf(many(idsOf))

    expect(shards.map(({ sent }) => sent.length).sort()).toEqual([0, 0, 0, 40])
  })

  it('read the IDs that destination filters leave, as the order does', async () => {
    const seen = new Set<unknown>()
    const runtime: DeliveryOptions['runtime'] = {
      ...createReceiver({ sleep: async () => undefined }),
      route: (event) => ({ mappings: [0], event: { ...event, userId: '' } })
    }
    const shards = await Promise.all(
      [0, 1, 2, 3].map(async (index) =>
        deliver({
          lines: many((n) => ({ userId: `user${n}`, anonymousId: 'a1' })),
          selection: { shard: { index, count: 4 } },
          runtime,
          keysOf: (event, mappings) => {
            seen.add(event.userId)
            return keysOf(event, mappings)
          }
        })
      )
    )

    expect(shards.map(({ summary }) => summary.tally.counts.delivered).sort()).toEqual([0, 0, 0, 40])
    expect([...seen]).toEqual([''])
  })

  it.each([
    ['anonymous visitors', (n: number) => ({ userId: '', anonymousId: `a${n}` })],
    ['Accounts', (n: number) => ({ groupId: `g${n}` })]
  ])('share events of several %s', async (_whom, idsOf) => {
    const shards = await shardsOf(many(idsOf))

    expect(shards.every(({ sent }) => sent.length > 0)).toBe(true)
  })

  it('leave to the first what belongs to nobody, and text that is not an event', async () => {
    const [first, ...others] = await shardsOf([track({}), 'no JSON'], 3)

    expect(first.results.map(({ line, outcome }) => `${line} ${outcome}`).sort()).toEqual(['1 delivered', '2 rejected'])
    expect(others.flatMap(({ results }) => results)).toEqual([])
  })

  it('count the limit over all of them', async () => {
    const lines = many((n) => ({ userId: `user${n}` }))
    const shards = await Promise.all([0, 1].map((index) => select(lines, { limit: 10, shard: { index, count: 2 } })))

    expect(shards.flatMap(({ sent }) => sent).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  })
})
