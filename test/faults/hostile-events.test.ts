import type { SegmentEvent } from '@segment/actions-core'
import { expectedFate } from './expected'
import type { Expected } from './expected'
import { startMisbehavingAstrolabe } from './misbehaving-astrolabe'
import type { Fate, MisbehavingAstrolabe } from './misbehaving-astrolabe'

/** Events as JSON can hold them, and as no sane source sends them. Each has one outcome, and touches no other event. */
interface Case {
  event: SegmentEvent
  alone: Expected
  batch: Expected
  /** What Astrolabe holds of it, where it was confirmed. */
  held?: { userId: string; traits: unknown }
}

/** An event of somebody else, before and after the hostile one. */
const normal = (n: number): SegmentEvent => ({ type: 'identify', userId: `ada${n}`, traits: { plan: 'pro' } })
const heldNormal = (n: number) => ({ userId: `ada${n}`, anonymousIds: [], traits: { plan: 'pro' }, accounts: [] })

const identify = (traits: unknown, more: object = {}) =>
  ({ type: 'identify', userId: 'mallory', traits, ...more }) as SegmentEvent

/** As an event comes off the wire: JSON alone makes an own property of `__proto__`. */
const parsed = (traits: string, more = '') =>
  JSON.parse(`{"type":"identify","userId":"mallory","traits":${traits}${more}}`) as SegmentEvent

const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels))

const arrives = (event: SegmentEvent, traits: unknown = event.traits): Case => ({
  event,
  alone: 'confirmed',
  batch: 'confirmed',
  held: { userId: 'mallory', traits }
})

const isRefused = (event: SegmentEvent, message: string, messageInBatch = message): Case => ({
  event,
  alone: ['refused', message],
  batch: ['refused', messageInBatch]
})

const CASES: Record<string, Case> = {
  'keys with a colon, a line break, non-ASCII, white space or nothing': arrives(
    identify({ 'a:b': 1, 'a\nb\r': 2, 'été 😀': 3, ' ': 4, '': 5 })
  ),
  'keys that look like paths and directives': arrives(
    identify({ 'a.b[0]': 1, '$.userId': 2, '@path': '$.userId', '@template': '{{userId}}', '{{userId}}': 3 })
  ),
  'a key of 10,000 characters': arrives(identify({ ['k'.repeat(10_000)]: 1 })),
  'keys that every object has': arrives(
    parsed(
      '{"constructor":{"prototype":{"polluted":1}},"toJSON":1,"toString":2,"valueOf":3,"hasOwnProperty":4,"then":5}'
    )
  ),
  'a key __proto__, which the framework drops': arrives(parsed('{"__proto__":{"polluted":1},"plan":"free"}'), {
    plan: 'free'
  }),
  'such keys at its root and in its context': arrives(
    parsed(
      '{"plan":"free"}',
      ',"__proto__":{"userId":"ada1","polluted":1},"constructor":{"prototype":{"polluted":1}},"toJSON":"x","context":{"__proto__":{"groupId":"g"},"toJSON":{"a":1}}'
    ),
    { plan: 'free' }
  ),
  '998 levels of nesting, the most that Astrolabe takes': arrives(identify({ deep: nested(998) })),
  '1,000 levels of nesting': isRefused(
    identify({ deep: nested(1000) }),
    'The event is nested deeper than 1,000 levels.'
  ),
  'lone surrogates': arrives(identify({ 'half\udc00': '\ud83d', whole: '😀' })),
  'numbers that JSON cannot carry, which become null': arrives(
    identify({ infinite: Infinity, negative: -Infinity, none: NaN, zero: -0 }),
    { infinite: null, negative: null, none: null, zero: 0 }
  ),
  'numbers that JSON can carry and JavaScript cannot, which are rounded': arrives(
    parsed('{"huge":1e400,"tiny":1e-400,"long":9007199254740993}'),
    { huge: null, tiny: 0, long: 9007199254740992 }
  ),
  'a user ID of 100 KB': isRefused(
    { type: 'identify', userId: 'u'.repeat(100 * 1024) },
    'The message is larger than 32 KB'
  ),
  'a context that is a string': isRefused(
    identify({}, { context: 'web' }),
    'Context must be an object but it was a string.'
  ),
  'a context that is an array': isRefused(
    identify({}, { context: ['web'] }),
    'Context must be an object but it was an array.'
  ),
  'traits that are a string': isRefused(identify('pro'), 'Traits must be an object but it was a string.')
}

let astrolabe: MisbehavingAstrolabe

beforeEach(async () => {
  astrolabe = await startMisbehavingAstrolabe({})
})

afterEach(() => astrolabe.close())

const shown = ({ outcome, message }: Fate) => ({ outcome, message })
const confirmed = { outcome: 'confirmed', message: undefined }

describe.each(Object.entries(CASES))('an event with %s', (_what, { event, alone, batch, held }) => {
  const heldOfIt = held ? [{ ...held, anonymousIds: [], accounts: [] }] : []

  it('has a defined outcome alone, and others arrive before and after it as they are', async () => {
    const before = await astrolabe.deliver(normal(1))

    const fate = await astrolabe.deliver(event)

    const after = await astrolabe.deliver(normal(2))
    expect([before, fate, after].map(shown)).toEqual([confirmed, expectedFate(alone, ''), confirmed])
    expect(await astrolabe.held('users')).toEqual([heldNormal(1), ...heldOfIt, heldNormal(2)])
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted')
  })

  it('has a defined outcome in a batch, and the others of the batch arrive as they are', async () => {
    const fates = await astrolabe.deliverBatch([normal(1), event, normal(2)])

    const after = await astrolabe.deliver(normal(3))
    expect([...fates, after].map(shown)).toEqual([confirmed, expectedFate(batch, ''), confirmed, confirmed])
    expect(await astrolabe.held('users')).toEqual([heldNormal(1), ...heldOfIt, heldNormal(2), heldNormal(3)])
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted')
  })
})

describe('what breaks the framework before the destination sees it', () => {
  it.each([
    ['10,000 levels of nesting', identify({ deep: nested(10_000) }), 'Maximum call stack size exceeded'],
    [
      'a context that is null',
      identify({}, { context: null }),
      "Cannot destructure property 'personas' of '{}' as it is null."
    ]
  ])('(%s) refuses the batch that it is part of, and nothing after it', async (_what, event, message) => {
    const fates = await astrolabe.deliverBatch([normal(1), event])

    expect(fates.map(shown)).toEqual([
      { outcome: 'refused', message },
      { outcome: 'refused', message }
    ])
    expect(await astrolabe.deliver(normal(1))).toEqual({ outcome: 'confirmed' })
  })
})
