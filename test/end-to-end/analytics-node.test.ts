import type { SegmentEvent } from '@segment/actions-core'
import { Analytics } from '@segment/analytics-node'
import { startLocalAstrolabe } from './local-astrolabe'
import type { LocalAstrolabe } from './local-astrolabe'

let astrolabe: LocalAstrolabe

beforeEach(async () => {
  astrolabe = await startLocalAstrolabe()
})

afterEach(() => astrolabe.close())

const deliver = (events: SegmentEvent[]) => astrolabe.deliver(events.map((event) => JSON.stringify(event)))

/** What Segment's own client for Node sends to Segment, caught on its way out. */
async function eventsOf(calls: (analytics: Analytics) => void): Promise<SegmentEvent[]> {
  const events: SegmentEvent[] = []
  const analytics = new Analytics({
    writeKey: 'fake-write-key',
    flushAt: 100,
    httpClient: async (_url, { body }) => {
      events.push(...(JSON.parse(body) as { batch: SegmentEvent[] }).batch)
      return { status: 200, statusText: 'OK' }
    }
  })
  calls(analytics)
  await analytics.closeAndFlush()
  return events
}

describe("calls of Segment's own client for Node", () => {
  it('become a User, an Account and an event in Astrolabe', async () => {
    const events = await eventsOf((analytics) => {
      analytics.identify({ userId: 'userId123', traits: { email: 'john.doe@example.com' } })
      analytics.group({ groupId: 'acc-1', userId: 'userId123', traits: { name: 'Initech', 'total billed': 830 } })
      analytics.track({
        userId: 'userId123',
        event: 'User Registered',
        properties: { plan: 'Pro Annual', accountType: 'Facebook' },
        context: { groupId: 'acc-1' }
      })
    })
    const results = await deliver(events)

    expect(results.map(({ outcome, mapping, attempts }) => [outcome, mapping, attempts])).toEqual([
      ['delivered', 'Identify User', 1],
      ['delivered', 'Group Account', 1],
      ['delivered', 'Track Event', 1]
    ])
    expect(await astrolabe.held('users')).toEqual({
      users: [
        { userId: 'userId123', anonymousIds: [], traits: { email: 'john.doe@example.com' }, accounts: ['acc-1'] }
      ],
      dropped: 0
    })
    expect(await astrolabe.held('accounts')).toEqual({
      accounts: [{ groupId: 'acc-1', traits: { name: 'Initech', 'total billed': 830 }, users: ['userId123'] }],
      dropped: 0
    })
    expect(await astrolabe.held('events')).toEqual({
      events: [
        {
          type: 'track',
          event: 'User Registered',
          userId: 'userId123',
          properties: { plan: 'Pro Annual', accountType: 'Facebook' },
          context: events[2].context,
          timestamp: events[2].timestamp,
          messageId: events[2].messageId
        }
      ],
      dropped: 0
    })
  })
})

describe('an event that is delivered twice', () => {
  it('is held once', async () => {
    const [event] = await eventsOf((analytics) => analytics.track({ userId: 'userId123', event: 'User Registered' }))
    await deliver([event])
    await deliver([event])

    expect(await astrolabe.held('events')).toMatchObject({ events: [{ messageId: event.messageId }] })
  })
})
