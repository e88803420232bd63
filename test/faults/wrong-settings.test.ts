import type { SegmentEvent } from '@segment/actions-core'
import { API_KEY, startMisbehavingAstrolabe } from './misbehaving-astrolabe'
import type { Fate, MisbehavingAstrolabe } from './misbehaving-astrolabe'

const WHERE_TO_FIND_IT =
  'Copy the API key again from the Segment.com connector in Astrolabe and paste it into the settings of this destination.'
const COLON = `The API key contains a colon, which no Astrolabe key does. ${WHERE_TO_FIND_IT}`
const CONTROL = `The API key contains a line break or another control character. ${WHERE_TO_FIND_IT}`
const EMPTY = `The API key is empty. ${WHERE_TO_FIND_IT}`
const UNKNOWN = 'The API key is unknown, expired or revoked'

const event = (n: number): SegmentEvent => ({ type: 'identify', userId: `userId${n}` })

let astrolabe: MisbehavingAstrolabe

afterEach(() => astrolabe.close())

const shown = ({ outcome, message }: Fate) => ({ outcome, message })

describe('an API key', () => {
  it.each([
    ['a colon', 'fake:key', COLON],
    ['nothing but a colon', ':', COLON],
    ['a line break', 'fake\nkey', CONTROL],
    ['a line break that would start another header', 'fake\r\nX-Evil: 1', COLON],
    ['a zero byte', 'fake\0key', CONTROL],
    ['nothing', '', EMPTY],
    ['nothing but white space', ' \n\t', EMPTY]
  ])('with %s is refused before anything is sent', async (_what, apiKey, message) => {
    astrolabe = await startMisbehavingAstrolabe({}, { apiKey })

    const fates = [await astrolabe.deliver(event(1)), ...(await astrolabe.deliverBatch([event(2), event(3)]))]

    expect(fates.map(shown)).toEqual(Array(3).fill({ outcome: 'refused', message }))
    expect(astrolabe.requests).toBe(0)
  })

  it.each([
    ['non-ASCII characters', 'clé-😀-ключ'],
    ['10,000 characters', 'k'.repeat(10_000)],
    ['white space inside', 'fake key'],
    ['what URLs and headers give a meaning', 'fake?key=a&b#c%zz/../"\\']
  ])('with %s arrives as it is', async (_what, apiKey) => {
    astrolabe = await startMisbehavingAstrolabe({ apiKeys: [apiKey] }, { apiKey: `\n${apiKey}\u00a0\t` })

    const fates = [await astrolabe.deliver(event(1)), ...(await astrolabe.deliverBatch([event(2)]))]

    expect(fates).toEqual([{ outcome: 'confirmed' }, { outcome: 'confirmed' }])
  })

  it.each([
    ['non-ASCII characters', 'clé-😀-ключ'],
    ['10,000 characters', 'k'.repeat(10_000)],
    ['half a character', 'fake\ud800key'],
    ['the name of what every object has', '__proto__']
  ])("with %s that Astrolabe does not know is refused in Astrolabe's words", async (_what, apiKey) => {
    astrolabe = await startMisbehavingAstrolabe({ apiKeys: [API_KEY] }, { apiKey })

    const fates = [await astrolabe.deliver(event(1)), ...(await astrolabe.deliverBatch([event(2), event(3)]))]

    expect(fates.map(shown)).toEqual(Array(3).fill({ outcome: 'refused', message: UNKNOWN }))
    expect(await astrolabe.held('users')).toEqual([])
    for (const { trace } of fates) {
      expect(trace).not.toContain(apiKey)
    }
  })
})
