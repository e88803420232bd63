import { Analytics } from '@segment/analytics-node'
import { listenOnLoopback } from '../../src/loopback/listen'
import { buildSource, WRITE_KEY } from './local-source'
import type { LocalSource } from './local-source'

let source: LocalSource
let host: string

beforeEach(async () => {
  source = buildSource()
  host = await listenOnLoopback(source.app, 0)
})

afterEach(() => source.app.close())

async function send(calls: (analytics: Analytics) => void): Promise<void> {
  const analytics = new Analytics({ writeKey: WRITE_KEY, host })
  calls(analytics)
  await analytics.closeAndFlush()
}

describe("Segment's client for Node", () => {
  it('sends every kind of call', async () => {
    await send((analytics) => {
      analytics.identify({ userId: 'userId123', traits: { email: 'john.doe@example.com' } })
      analytics.group({ userId: 'userId123', groupId: 'acc-1', traits: { name: 'Initech' } })
      analytics.track({ userId: 'userId123', event: 'User Registered', properties: { plan: 'Pro Annual' } })
      analytics.page({ userId: 'userId123', name: 'Home' })
      analytics.screen({ anonymousId: 'anonymous-1', name: 'Home' })
      analytics.alias({ userId: 'userId123', previousId: 'anonymous-1' })
    })

    expect(source.received.map(({ sourceId, message, dropped }) => [sourceId, message.type, dropped])).toEqual(
      ['identify', 'group', 'track', 'page', 'screen', 'alias'].map((type) => ['source-1', type, undefined])
    )
    expect(source.received[0].message).toMatchObject({
      userId: 'userId123',
      traits: { email: 'john.doe@example.com' },
      context: { library: { name: '@segment/analytics-node' } }
    })
  })

  it('keeps the clock difference out of the timestamps', async () => {
    const timestamp = new Date('2020-05-01T00:00:00.000Z')
    await send((analytics) => analytics.track({ userId: 'userId123', event: 'User Registered', timestamp }))
    const [{ message }] = source.received
    const age = Date.parse(String(message.sentAt)) - timestamp.getTime()

    expect(message.originalTimestamp).toBe('2020-05-01T00:00:00.000Z')
    expect(Date.parse(message.receivedAt) - Date.parse(message.timestamp)).toBe(age)
  })

  it('sends batches of more than one message', async () => {
    await send((analytics) => {
      for (let index = 0; index < 40; index++) {
        analytics.track({ userId: 'userId123', event: `Event ${index}` })
      }
    })

    expect(source.received.map(({ message }) => message.event).sort()).toEqual(
      Array.from({ length: 40 }, (_, index) => `Event ${index}`).sort()
    )
  })
})
