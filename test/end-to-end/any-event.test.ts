import fc from 'fast-check'
import { startLocalAstrolabe } from './local-astrolabe'
import type { LocalAstrolabe } from './local-astrolabe'

let astrolabe: LocalAstrolabe

beforeAll(async () => {
  astrolabe = await startLocalAstrolabe()
})

afterAll(() => astrolabe.close())

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
      fc.asyncProperty(fc.array(anyEvent, { minLength: 10, maxLength: 10 }), async (events) => {
        const results = await astrolabe.deliver(events.map((event) => JSON.stringify(event)))

        expect(results).toHaveLength(10)
        for (const { outcome, reason } of results) {
          expect(['delivered', 'not subscribed', 'filtered', 'rejected']).toContain(outcome)
          expect(Boolean(reason)).toBe(outcome !== 'delivered')
        }
      }),
      { numRuns: 50 }
    )
  })

  it.each([
    ['nested 100,000 levels deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['named like what every object has', '{"__proto__":{"a":1},"constructor":1,"toJSON":2,"hasOwnProperty":3}'],
    ['a lone surrogate', '"\\ud800"']
  ])('may hold a trait that is %s', async (_what, json) => {
    const results = await astrolabe.deliver([
      `{"type":"identify","userId":"u","traits":{"trait":${json}}}`,
      '{"type":"track","event":"e","userId":"u"}'
    ])

    expect(results.map(({ outcome }) => outcome)).toEqual([
      json.length > 100_000 ? 'rejected' : 'delivered',
      'delivered'
    ])
  })
})
