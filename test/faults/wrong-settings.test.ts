import type { SegmentEvent } from '@segment/actions-core'
import { API_KEY, startFaultyAstrolabe } from './faulty-astrolabe'
import type { DeliveryResult, FaultyAstrolabe } from './faulty-astrolabe'

const WHERE_TO_FIND_IT =
  'Copy the API key again from the Segment.com connector in Astrolabe and paste it into the settings of this destination.'
const COLON = `The API key contains a colon, which no Astrolabe key does. ${WHERE_TO_FIND_IT}`
const CONTROL = `The API key contains a line break or another control character. ${WHERE_TO_FIND_IT}`
const EMPTY = `The API key is empty. ${WHERE_TO_FIND_IT}`
const UNKNOWN = 'The API key is unknown, expired or revoked'

const event = (n: number): SegmentEvent => ({ type: 'identify', userId: `userId${n}` })

let astrolabe: FaultyAstrolabe

afterEach(() => astrolabe.close())

const shown = ({ outcome, message }: DeliveryResult) => ({ outcome, message })

describe('an API key', () => {
  it.each([
    ['a colon', 'fake:key', COLON],
    ['nothing but a colon', ':', COLON],
    ['a line break', 'fake\nkey', CONTROL],
    ['a line break that would start another header', 'fake\r\nX-Evil: 1', COLON],
    ['a zero byte', 'fake\0key', CONTROL],
    ['nothing', '', EMPTY],
    ['nothing but white space', ' \n\t', EMPTY]
  ])('with %s is rejected before anything is sent', async (_what, apiKey, message) => {
    astrolabe = await startFaultyAstrolabe({}, { apiKey })

    const results = [await astrolabe.deliver(event(1)), ...(await astrolabe.deliverBatch([event(2), event(3)]))]

    expect(results.map(shown)).toEqual(Array(3).fill({ outcome: 'rejected', message }))
    expect(astrolabe.requests).toBe(0)
  })

  it.each([
    ['non-ASCII characters', 'clé-😀-ключ'],
    ['10,000 characters', 'k'.repeat(10_000)],
    ['white space inside', 'fake key'],
    ['characters with a meaning in URLs and headers', 'fake?key=a&b#c%zz/../"\\']
  ])('with %s arrives as it is', async (_what, apiKey) => {
    astrolabe = await startFaultyAstrolabe({ apiKeys: [apiKey] }, { apiKey: `\n${apiKey}\u00a0\t` })

    const results = [await astrolabe.deliver(event(1)), ...(await astrolabe.deliverBatch([event(2)]))]

    expect(results).toEqual([{ outcome: 'delivered' }, { outcome: 'delivered' }])
  })

  it.each([
    ['non-ASCII characters', 'clé-😀-ключ'],
    ['10,000 characters', 'k'.repeat(10_000)],
    ['a lone surrogate', 'fake\ud800key'],
    ['a name that every object has', '__proto__']
  ])("with %s, unknown to Astrolabe, is rejected with Astrolabe's message", async (_what, apiKey) => {
    astrolabe = await startFaultyAstrolabe({ apiKeys: [API_KEY] }, { apiKey })

    const results = [await astrolabe.deliver(event(1)), ...(await astrolabe.deliverBatch([event(2), event(3)]))]

    expect(results.map(shown)).toEqual(Array(3).fill({ outcome: 'rejected', message: UNKNOWN }))
    expect(await astrolabe.records('users')).toEqual([])
    for (const { trace } of results) {
      expect(trace).not.toContain(apiKey)
    }
  })
})
