import type { SegmentEvent } from '@segment/actions-core'
import fc from 'fast-check'
import { startLocalAstrolabe } from './local-astrolabe'
import type { LocalAstrolabe } from './local-astrolabe'

let astrolabe: LocalAstrolabe

beforeAll(async () => {
  astrolabe = await startLocalAstrolabe()
})

afterAll(() => astrolabe.close())

const deliver = async (event: unknown) => {
  const records = await astrolabe.runtime.deliver(event as SegmentEvent)
  return records.map(({ outcome }) => outcome)
}

describe('any event', () => {
  it('is delivered, rejected with a reason, filtered or not subscribed, and never breaks the run', async () => {
    const anyEvent = fc.record(
      {
        type: fc.oneof(
          { weight: 3, arbitrary: fc.constantFrom('identify', 'group', 'track') },
          { weight: 1, arbitrary: fc.string() }
        ),
        userId: fc.jsonValue(),
        anonymousId: fc.jsonValue(),
        groupId: fc.jsonValue(),
        event: fc.jsonValue(),
        traits: fc.jsonValue(),
        properties: fc.jsonValue(),
        context: fc.oneof(fc.jsonValue(), fc.record({ groupId: fc.jsonValue(), personas: fc.jsonValue() })),
        integrations: fc.oneof(fc.constant(undefined), fc.jsonValue(), fc.record({ Astrolabe: fc.jsonValue() })),
        timestamp: fc.oneof(fc.constant(undefined), fc.jsonValue()),
        messageId: fc.jsonValue()
      },
      { requiredKeys: ['type'] }
    )

    await fc.assert(
      fc.asyncProperty(anyEvent, async (event) => {
        const records = await astrolabe.runtime.deliver(event as unknown as SegmentEvent)

        expect(records).toHaveLength(3)
        const isSubscribed = records.some(({ outcome }) => outcome !== 'not subscribed')
        for (const { outcome, reason } of records) {
          expect(['delivered', 'not subscribed', 'filtered', 'rejected']).toContain(outcome)
          const needsReason = outcome === 'not subscribed' ? !isSubscribed : outcome !== 'delivered'
          expect(Boolean(reason)).toBe(needsReason)
        }
      }),
      { numRuns: 500 }
    )
  })

  it.each([
    ['nested 100,000 levels deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['named like what every object has', '{"__proto__":{"a":1},"constructor":1,"toJSON":2,"hasOwnProperty":3}'],
    ['a lone surrogate', '"\\ud800"']
  ])('may hold a trait that is %s', async (_what, json) => {
    const event: unknown = JSON.parse(`{"type":"identify","userId":"u","traits":{"trait":${json}}}`)

    expect(await deliver(event)).toEqual([
      json.length > 100_000 ? 'rejected' : 'delivered',
      'not subscribed',
      'not subscribed'
    ])
    expect(await deliver({ type: 'track', event: 'e', userId: 'u' })).toEqual([
      'not subscribed',
      'not subscribed',
      'delivered'
    ])
  })
})
