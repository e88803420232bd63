import https from 'node:https'
import { checkRequest, checkTraffic } from '../../../bench/cpu/load'
import { benchEvent, TYPES } from '../../../bench/events'
import { StubbedNetwork } from '../../../bench/cpu/stubbed-network'
import type { Variant } from '../../../bench/cpu/variant'
import { variants } from '../../../bench/cpu/variants'

const connect = https.globalAgent.createConnection

const network = new StubbedNetwork()

afterAll(() => {
  network.leave()
  https.globalAgent.createConnection = connect
})

const [astrolabe, ...others] = variants()

describe.each([astrolabe, ...others])('$name', (variant: Variant) => {
  it.each(TYPES)('sends the expected request for one %s event', async (type) => {
    const { requests, bytes } = await checkRequest(network, variant, 'single', [benchEvent(type)])

    expect(requests).toBe(1)
    expect(bytes).toBeGreaterThan(0)
  })

  it.each(TYPES)('sends the expected request for two %s events in a batch', async (type) => {
    const { requests } = await checkRequest(network, variant, 'batch', [benchEvent(type, 1), benchEvent(type, 2)])

    expect(requests).toBe(1)
  })
})

describe('a row that sends something else', () => {
  const event = benchEvent('track')

  it.each<[string, Partial<Variant>, string]>([
    [
      'goes elsewhere',
      { urlOf: () => 'https://ingest.astrolabe.so/v2/events' },
      'astrolabe: a request went to https://ingest.astrolabe.so/v1/events, not to https://ingest.astrolabe.so/v2/events'
    ],
    [
      'sends another body',
      { objectsOf: () => [{ ...event, userId: 'user-4321' }] },
      'astrolabe: the body is not the expected one'
    ],
    [
      'leaves something out',
      { objectsOf: () => [{ ...event.properties, more: true }] },
      'astrolabe: the body is not the expected one'
    ],
    ['sends nothing', { send: async () => {} }, 'astrolabe: 0 requests, not 1'],
    [
      'sends twice',
      {
        send: async (mode, events) => {
          await astrolabe.send(mode, events)
          await astrolabe.send(mode, events)
        }
      },
      'astrolabe: 2 requests, not 1'
    ]
  ])('is an error if it %s', async (_what, changes, message) => {
    const row = { ...astrolabe, ...changes }

    await expect(checkRequest(network, row, 'single', [event])).rejects.toThrow(message)
  })

  it('is an error if bytes are missing', () => {
    expect(() => checkTraffic({ requests: 2, bytes: 10 }, { requests: 2, bytes: 12 }, 'a')).toThrow(
      'a: 2 requests of 10 bytes arrived, not 2 of 12'
    )
  })
})
