import type { SegmentEvent } from '@segment/actions-core'
import { expectedResult } from './fault-case'
import type { Expected } from './fault-case'
import { startFaultyAstrolabe } from './faulty-astrolabe'
import type { DeliveryResult, FaultyAstrolabe } from './faulty-astrolabe'

/** Valid JSON that no sane source sends. */
interface Case {
  event: SegmentEvent
  single: Expected
  batch: Expected
  /** Astrolabe's User, if the event was delivered. */
  user?: { userId: string; traits: unknown }
}

/** Another User's event, before and after the hostile one. */
const normal = (n: number): SegmentEvent => ({ type: 'identify', userId: `ada${n}`, traits: { plan: 'pro' } })
const normalRecord = (n: number) => ({ userId: `ada${n}`, anonymousIds: [], traits: { plan: 'pro' }, accounts: [] })

const identify = (traits: unknown, more: object = {}) =>
  ({ type: 'identify', userId: 'mallory', traits, ...more }) as SegmentEvent

/** Only JSON makes an own property of `__proto__`. */
const parsed = (traits: string, more = '') =>
  JSON.parse(`{"type":"identify","userId":"mallory","traits":${traits}${more}}`) as SegmentEvent

const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels))

const arrives = (event: SegmentEvent, traits: unknown = event.traits): Case => ({
  event,
  single: 'delivered',
  batch: 'delivered',
  user: { userId: 'mallory', traits }
})

const isRejected = (event: SegmentEvent, message: string, messageInBatch = message): Case => ({
  event,
  single: ['rejected', message],
  batch: ['rejected', messageInBatch]
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
  '998 levels of nesting, the limit with the message around them': arrives(identify({ deep: nested(998) })),
  '1,000 levels of nesting': isRejected(
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
  'a user ID of 100 KB': isRejected(
    { type: 'identify', userId: 'u'.repeat(100 * 1024) },
    'The message is larger than 36 KB'
  ),
  'a context that is a string': isRejected(
    identify({}, { context: 'web' }),
    'Context must be an object but it was a string.'
  ),
  'a context that is an array': isRejected(
    identify({}, { context: ['web'] }),
    'Context must be an object but it was an array.'
  ),
  'traits that are a string': isRejected(identify('pro'), 'Traits must be an object but it was a string.')
}

let astrolabe: FaultyAstrolabe

beforeEach(async () => {
  astrolabe = await startFaultyAstrolabe({})
})

afterEach(() => astrolabe.close())

const shown = ({ outcome, message }: DeliveryResult) => ({ outcome, message })
const delivered = { outcome: 'delivered', message: undefined }

describe.each(Object.entries(CASES))('an event with %s', (_what, { event, single, batch, user }) => {
  const ownRecords = user ? [{ ...user, anonymousIds: [], accounts: [] }] : []

  it('has a defined outcome as a single event, and the events before and after it arrive unchanged', async () => {
    const before = await astrolabe.deliver(normal(1))

    const result = await astrolabe.deliver(event)

    const after = await astrolabe.deliver(normal(2))
    expect([before, result, after].map(shown)).toEqual([delivered, expectedResult(single, ''), delivered])
    expect(await astrolabe.records('users')).toEqual([normalRecord(1), ...ownRecords, normalRecord(2)])
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted')
  })

  it('has a defined outcome in a batch, and the other events arrive unchanged', async () => {
    const results = await astrolabe.deliverBatch([normal(1), event, normal(2)])

    const after = await astrolabe.deliver(normal(3))
    expect([...results, after].map(shown)).toEqual([delivered, expectedResult(batch, ''), delivered, delivered])
    expect(await astrolabe.records('users')).toEqual([normalRecord(1), ...ownRecords, normalRecord(2), normalRecord(3)])
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted')
  })
})

describe('an event that breaks the framework before the destination sees it', () => {
  it.each([
    ['100,000 levels of nesting', identify({ deep: nested(100_000) }), 'Maximum call stack size exceeded'],
    [
      'a context that is null',
      identify({}, { context: null }),
      "Cannot destructure property 'personas' of '{}' as it is null."
    ]
  ])('(%s) rejects its whole batch, and nothing after it', async (_what, event, message) => {
    const results = await astrolabe.deliverBatch([normal(1), event])

    expect(results.map(shown)).toEqual([
      { outcome: 'rejected', message },
      { outcome: 'rejected', message }
    ])
    expect(await astrolabe.deliver(normal(1))).toEqual({ outcome: 'delivered' })
  })
})
