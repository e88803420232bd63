import { hintsFor, mismatchOf } from '../../src/runtime'

const types = ['identify', 'group', 'track']
const hints = (event: unknown, over: readonly string[] = types) =>
  hintsFor(event, { types: over, destinationName: 'Astrolabe' })

const track = { type: 'track', event: 'Report Viewed', userId: 'u' }
const identify = { type: 'identify', userId: 'u', traits: {} }
const group = { type: 'group', groupId: 'g', userId: 'u', traits: {} }
const KNOWN = 'Types are "identify", "group", "track".'
const EVENTS_IN = (key: string) => `The events are the items of "${key}". Write each event as one JSON object.`

describe('hints on an event', () => {
  it.each([
    ['a track call', { ...track, properties: {} }],
    ['an identify call', identify],
    ['a group call without a user', { type: 'group', groupId: 'g' }],
    ['a call with a context.groupId', { ...track, groupId: 'g', context: { groupId: 'g' } }],
    ['an anonymous call', { ...track, userId: null, anonymousId: 'a' }],
    ['a call with an entry for the destination', { ...track, integrations: { Astrolabe: true, astrolabe: false } }],
    ['an event named like a wrapper', { ...track, event: 'data', data: { type: 'x' } }],
    [
      'an event as Segment writes it',
      {
        ...{
          ...identify,
          anonymousId: '',
          traits: { plan: 'pro' },
          context: { traits: { plan: 'free' } },
          channel: 'server'
        },
        ...{ originalTimestamp: '2024-01-31T12:00:00Z', timestamp: '2024-01-31T12:00:00Z', _metadata: {}, version: 2 }
      }
    ],
    ['a track call with both properties and traits', { ...track, properties: {}, traits: {} }],
    ['an identify call with both traits and properties', { ...identify, properties: {} }],
    ['a call whose groupId is empty', { ...track, groupId: '' }],
    ['a call whose groupId is null', { ...track, groupId: null }],
    ['a context with both spellings', { ...track, context: { groupId: 'g', group_id: 'g' } }],
    ['an array', [track]],
    ['a text', 'track'],
    ['null', null]
  ])('find nothing wrong with %s', (_what, event) => {
    expect(hints(event)).toEqual([])
  })

  it.each([
    [
      'the body of a Tracking API request',
      { batch: [track], writeKey: 'fake' },
      'This is a request body of Segment\'s Tracking API. The events are the items of its "batch".'
    ],
    ['a wrapped event', { data: track }, 'The event is wrapped in "data". Write only that object.'],
    ...['payload', 'body', 'detail', 'record', 'value', 'event'].map((key): [string, object, string] => [
      `an event in "${key}"`,
      { [key]: track },
      `The event is wrapped in "${key}". Write only that object.`
    ]),
    ['an event in a message', { id: 1, message: track }, 'The event is wrapped in "message". Write only that object.'],
    [
      'no type, but an event name',
      { event: 'e', userId: 'u' },
      'It has no "type". An event with a name is a "track" call.'
    ],
    [
      'no type',
      { userId: 'u' },
      'It has no "type". Types are "identify", "group", "track", "page", "screen", "alias".'
    ],
    [
      'no type, with data that is no event',
      { userId: 'u', data: { id: 1 } },
      'It has no "type". Types are "identify", "group", "track", "page", "screen", "alias".'
    ],
    ['a miscased type', { ...track, type: 'Track' }, '"Track" is not "track": types are lower case.'],
    ['a misspelt type', { ...track, type: 'trak' }, 'Type "trak": did you mean "track"?'],
    ['a type with two wrong letters', { ...track, type: 'tarck' }, 'Type "tarck": did you mean "track"?'],
    ['a type with three wrong letters', { ...track, type: 'identxxx' }, `Unknown type. ${KNOWN}`],
    ['a type with many spaces', { ...track, type: '   track' }, 'Type "   track": did you mean "track"?'],
    ['an empty type', { ...track, type: '' }, 'It has no "type". An event with a name is a "track" call.'],
    ['a type with a space', { ...track, type: 'track ' }, 'Type "track ": did you mean "track"?'],
    [
      'a call without a mapping',
      { ...track, type: 'page' },
      'There is no mapping for "page" calls, only for "identify", "group", "track".'
    ],
    ['an unknown type', { ...track, type: 'purchase' }, `Unknown type. ${KNOWN}`],
    ['user_id', { ...identify, userId: undefined, user_id: 'u' }, '"user_id" is not read: write "userId".'],
    ['UserID', { type: 'identify', UserID: 'u', traits: {} }, '"UserID" is not read: write "userId".'],
    ['anonymous_id', { type: 'identify', anonymous_id: 'a' }, '"anonymous_id" is not read: write "anonymousId".'],
    ['group_id', { type: 'group', group_id: 'g' }, '"group_id" is not read: write "groupId".'],
    ['Type', { Type: 'track', event: 'e', userId: 'u' }, '"Type" is not read: write "type".'],
    [
      'context.group_id',
      { ...track, context: { group_id: 'g' } },
      '"context.group_id" is not read: write "context.groupId".'
    ],
    [
      'a groupId at the root of a track call',
      { ...track, groupId: 'g' },
      '"groupId" at the root of a track call names no account: write "context.groupId".'
    ],
    [
      'a groupId at the root of an identify call',
      { ...identify, groupId: 'g' },
      '"groupId" at the root of an identify call names no account: write "context.groupId".'
    ],
    ['the event name in name', { ...track, event: undefined, name: 'e' }, 'The name of the event belongs in "event".'],
    [
      'properties in an identify call',
      { type: 'identify', userId: 'u', properties: {} },
      'An identify call has "traits". Its "properties" are not read.'
    ],
    [
      'properties in a group call',
      { ...group, traits: undefined, properties: {} },
      'A group call has "traits". Its "properties" are not read.'
    ],
    ['traits in a track call', { ...track, traits: {} }, 'A track call has "properties". Its "traits" are not read.'],
    ['traits as text', { ...identify, traits: '{}' }, '"traits" is text. Write it as a JSON object.'],
    ['several events in items', { items: [track] }, EVENTS_IN('items')],
    ['several events in data', { data: [{}, track] }, EVENTS_IN('data')],
    ['several messages of a queue', { Records: [{ body: JSON.stringify(track) }] }, EVENTS_IN('Records')],
    [
      'wrappers without an event',
      { data: [1], items: [], body: '{', message: '{"type":1}', type: 'purchase' },
      `Unknown type. ${KNOWN}`
    ],
    [
      'a message of a queue',
      { Type: 'Notification', Message: JSON.stringify(track) },
      'The event is JSON text in "Message". Parse that text, and write only the event.'
    ],
    [
      'traits in the context of an identify call',
      { ...identify, context: { traits: { plan: 'pro' } } },
      '"context.traits" of an identify call is not read: write "traits".'
    ],
    [
      'traits at the root',
      { type: 'identify', userId: 'u', email: 'a@example.com' },
      'Other fields at the root are not read: write them into "traits".'
    ],
    [
      'properties at the root',
      { ...track, plan: 'pro' },
      'Other fields at the root are not read: write them into "properties".'
    ],
    [
      'an originalTimestamp alone',
      { ...track, originalTimestamp: '2024-01-31T12:00:00Z' },
      '"originalTimestamp" is not read: write "timestamp".'
    ],
    ['an ID of null as text', { ...track, userId: 'null' }, '"userId" is the text "null". Write an ID.'],
    [
      'an ID of undefined as text',
      { ...track, anonymousId: 'undefined' },
      '"anonymousId" is the text "undefined". Write an ID.'
    ],
    [
      'an object as text in place of an ID',
      { ...group, groupId: '[object Object]' },
      '"groupId" is the text "[object Object]". Write an ID.'
    ],
    ['a blank ID', { ...track, context: { groupId: ' ' } }, '"context.groupId" is blank. Write an ID.'],
    ['a boolean ID', { ...track, userId: true }, '"userId" is true or false. Write an ID.'],
    [
      'a misnamed entry of the integrations object',
      { ...track, integrations: { All: false, astrolabe: true } },
      '"integrations.astrolabe" is not read: the destination\'s name is "Astrolabe".'
    ]
  ])('name the mistake: %s', (_what, event, hint) => {
    const withoutUndefined: unknown = JSON.parse(JSON.stringify(event))

    expect(hints(withoutUndefined)).toEqual([hint])
  })

  it('accept every call of the Spec if a mapping runs on any', () => {
    expect(hints({ ...track, type: 'page' }, [])).toEqual([])
    expect(hints({ ...track, type: 'purchase' }, [])).toEqual([
      'Unknown type. Types are "identify", "group", "track", "page", "screen", "alias".'
    ])
  })

  it('quote no data of the event', () => {
    const event = {
      type: 'trak',
      user_id: 'secret',
      groupId: 'secret',
      context: { group_id: 'secret' },
      traits: 'secret'
    }

    expect(hints(event).join()).not.toContain('secret')
  })

  it('quote no type that is longer than a type can be', () => {
    expect(hints({ ...track, type: 'track'.repeat(1000) })).toEqual([`Unknown type. ${KNOWN}`])
  })
})

describe('why a trigger does not match', () => {
  it.each([
    ['type = "identify"', 'type is "track", not "identify"'],
    ['type = "track" and event = "Order Complete"', 'event is "Order Completed", did you mean "Order Complete"?'],
    ['type = "identify" and userId = "b"', 'type is "track", not "identify"'],
    ['type = "group" or type = "identify"', 'type is "track", not "group", and type is "track", not "identify"'],
    ['type = "track" and properties.total = 5', 'properties.total is 3, not 5'],
    ['type = "track" and properties.total > 5', 'properties.total is 3, the trigger is properties.total > 5'],
    [
      'type = "track" and properties.plan.name = "pro"',
      'properties.plan.name is missing, the trigger is properties.plan.name = "pro"'
    ],
    ['type = "track" and traits.email = "a"', 'traits.email is missing, the trigger is traits.email = "a"'],
    ['type = "track" and context.locale = "de"', 'context.locale is "en", not "de"'],
    ['type = "track" and userId = "b"', 'userId is "ada", not "b"']
  ])('%s: %s', (trigger, expected) => {
    const event = {
      type: 'track' as const,
      userId: 'ada',
      event: 'Order Completed',
      properties: { total: 3 },
      context: { locale: 'en' }
    }

    expect(mismatchOf(trigger, event)).toBe(expected)
  })

  it('suggests the type that was meant', () => {
    // The cast: the types know no event with this mistake.
    expect(mismatchOf('type = "track"', { type: 'Track' } as never)).toBe('type is "Track", did you mean "track"?')
  })

  it("suggests Segment's type if the trigger has the mistake", () => {
    expect(mismatchOf('type = "trak"', { type: 'track' })).toBe('the trigger is type = "trak", did you mean "track"?')
  })

  it.each(['type = "track"', ''])("is nothing for %j, which matches or can't be read", (trigger) => {
    expect(mismatchOf(trigger, { type: 'track' })).toBeUndefined()
  })
})
