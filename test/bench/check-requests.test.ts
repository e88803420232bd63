import https from 'node:https'
import { checkBatch, checkEvent } from '../../bench/check-requests'
import { benchEvent, TYPES } from '../../bench/events'
import { StubbedNetwork } from '../../bench/stubbed-network'
import { checkTraffic } from '../../bench/traffic'
import type { Variant } from '../../bench/variant'
import { variants } from '../../bench/variants'

const connect = https.globalAgent.createConnection

const network = new StubbedNetwork()

afterAll(() => {
  network.leave()
  https.globalAgent.createConnection = connect
})

const [astrolabe, ...others] = variants()

describe.each([astrolabe, ...others])('$name', (variant: Variant) => {
  it.each(TYPES)('sends the expected requests for one %s event', async (type) => {
    const { requests, bytes } = await checkEvent(network, variant, benchEvent(type))

    expect(requests).toBe(1)
    expect(bytes).toBeGreaterThan(0)
  })

  it.each(TYPES)('sends the expected request for two %s events in a batch', async (type) => {
    const { requests } = await checkBatch(network, variant, [benchEvent(type, 1), benchEvent(type, 2)])

    expect(requests).toBe(1)
  })
})

describe('a row that sends something else', () => {
  const event = benchEvent('track')

  it.each<[string, Partial<Variant>, string]>([
    [
      'goes elsewhere',
      { expectEvent: () => [{ url: 'https://ingest.astrolabe.so/v2/events', contains: [] }] },
      'astrolabe: a request went to https://ingest.astrolabe.so/v1/events, not to https://ingest.astrolabe.so/v2/events'
    ],
    [
      'sends another body',
      { expectEvent: () => [{ ...expected(), body: { ...event, userId: 'user-4321' } }] },
      'astrolabe: the body is not the expected one'
    ],
    [
      'leaves something out',
      { expectEvent: () => [{ ...expected(), body: undefined, contains: [{ ...event.properties, more: true }] }] },
      'astrolabe: the body is not the expected one'
    ],
    ['sends nothing', { sendEvent: async () => {} }, 'astrolabe: a request went to undefined, not to'],
    [
      'sends twice',
      {
        sendEvent: async (sent) => {
          await astrolabe.sendEvent(sent)
          await astrolabe.sendEvent(sent)
        }
      },
      'astrolabe: 2 requests, not 1'
    ]
  ])('is an error if it %s', async (_what, changes, message) => {
    await expect(checkEvent(network, { ...astrolabe, ...changes }, event)).rejects.toThrow(message)
  })

  it('is an error if bytes are missing', () => {
    expect(() => checkTraffic({ requests: 2, bytes: 10 }, { requests: 2, bytes: 12 }, 'a')).toThrow(
      'a: 2 requests of 10 bytes arrived, not 2 of 12'
    )
  })

  function expected() {
    return { ...astrolabe.expectEvent(event)[0] }
  }
})
