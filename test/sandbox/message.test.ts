import { buildSandbox } from '../../src/sandbox/build'
import { reasonOf } from '../../src/sandbox/messages/reason'
import { isIso8601 } from '../../src/sandbox/messages/iso-8601'
import { held, post, postText } from './sandbox-client'

const identify = { type: 'identify', userId: 'ada' }
const group = { type: 'group', groupId: 'initech' }
const track = { type: 'track', userId: 'ada', event: 'Signed Up' }
const rejected = (message: string) => ({ status: 400, body: { message } })

describe('a message', () => {
  it.each([
    ['identify with a userId alone', identify],
    ['identify with an anonymousId alone', { type: 'identify', anonymousId: 'visitor' }],
    ['group with a groupId alone', group],
    ['track with an event and an id alone', track],
    ['track with an anonymousId', { type: 'track', anonymousId: 'visitor', event: 'Signed Up' }]
  ])('of type %s is accepted', async (_case, message) => {
    expect(await post(buildSandbox(), '/v1/events', message)).toEqual({ status: 200, body: {} })
  })

  it.each([
    ['identify', { ...identify, traits: {} }],
    ['group', { ...group, userId: 'ada', traits: {} }],
    ['track', { ...track, properties: {} }]
  ])('of type %s is accepted with every field that the contract lists', async (_type, message) => {
    const full = {
      ...message,
      anonymousId: 'visitor',
      context: {},
      timestamp: '2024-05-06T07:08:09.123Z',
      sentAt: '2024-05-06T07:08:09.123456789Z',
      receivedAt: '2024-05-06T09:08:09+02:00',
      messageId: 'm-1'
    }
    expect(await post(buildSandbox(), '/v1/events', full)).toEqual({ status: 200, body: {} })
  })

  it.each([
    ['nothing', '', 'The body is empty'],
    ['broken JSON', '{"type":', 'The body is not valid JSON'],
    ['null', 'null', 'The message must be an object'],
    ['a number', '5', 'The message must be an object'],
    ['a string', '"identify"', 'The message must be an object'],
    ['an array', '[]', 'The message must be an object']
  ])('that is %s gets 400', async (_case, text, message) => {
    expect(await postText(buildSandbox(), '/v1/events', text)).toEqual(rejected(message))
  })

  it.each([
    [{}, 'type is missing'],
    [{ userId: 'ada' }, 'type is missing'],
    [{ type: null }, 'type must be a string'],
    [{ type: 5 }, 'type must be a string'],
    [{ type: ['identify'] }, 'type must be a string'],
    [{ type: 'identify' }, 'userId or anonymousId is missing'],
    [{ type: 'track', event: 'Signed Up' }, 'userId or anonymousId is missing'],
    [{ type: 'track', userId: 'ada' }, 'event is missing'],
    [{ type: 'group' }, 'groupId is missing'],
    [{ type: 'group', userId: 'ada' }, 'groupId is missing']
  ])('that lacks a field gets 400, which names the field: %j', async (message, reason) => {
    expect(await post(buildSandbox(), '/v1/events', message)).toEqual(rejected(reason))
  })

  it.each([
    [{ ...identify, userId: '' }, 'userId is empty'],
    [{ ...identify, anonymousId: '' }, 'anonymousId is empty'],
    [{ ...track, anonymousId: '' }, 'anonymousId is empty'],
    [{ ...group, userId: '' }, 'userId is empty'],
    [{ ...group, groupId: '' }, 'groupId is empty'],
    [{ ...track, event: '' }, 'event is empty'],
    [{ ...identify, messageId: '' }, 'messageId is empty']
  ])('with an empty field gets 400, which names the field: %j', async (message, reason) => {
    expect(await post(buildSandbox(), '/v1/events', message)).toEqual(rejected(reason))
  })

  it.each([
    [{ ...identify, userId: 5 }, 'userId must be a string'],
    [{ ...identify, anonymousId: null }, 'anonymousId must be a string'],
    [{ ...group, groupId: 5 }, 'groupId must be a string'],
    [{ ...group, userId: true }, 'userId must be a string'],
    [{ ...track, event: {} }, 'event must be a string'],
    [{ ...identify, messageId: 5 }, 'messageId must be a string'],
    [{ ...identify, traits: null }, 'traits must be an object'],
    [{ ...group, traits: [] }, 'traits must be an object'],
    [{ ...track, properties: 'plan' }, 'properties must be an object'],
    [{ ...identify, context: [] }, 'context must be an object'],
    [{ ...group, context: 0 }, 'context must be an object'],
    [{ ...track, context: null }, 'context must be an object'],
    [{ ...identify, timestamp: 1715000000 }, 'timestamp must be a string'],
    [{ ...identify, sentAt: null }, 'sentAt must be a string']
  ])('with a field of a wrong type gets 400, which names the field: %j', async (message, reason) => {
    expect(await post(buildSandbox(), '/v1/events', message)).toEqual(rejected(reason))
  })

  it.each(['timestamp', 'sentAt', 'receivedAt'])('whose %s is not ISO 8601 gets 400', async (field) => {
    const reason = `${field} must be an ISO 8601 date and time`
    for (const message of [identify, group, track]) {
      expect(await post(buildSandbox(), '/v1/events', { ...message, [field]: 'yesterday' })).toEqual(rejected(reason))
    }
  })

  it.each([
    [{ ...identify, enable_batching: true }, 'enable_batching'],
    [{ ...identify, properties: {} }, 'properties'],
    [{ ...identify, groupId: 'initech' }, 'groupId'],
    [{ ...group, event: 'Signed Up' }, 'event'],
    [{ ...track, traits: {} }, 'traits'],
    [{ ...track, batch_size: 100 }, 'batch_size']
  ])('with a field that its type does not have gets 400, which names the field: %j', async (message, field) => {
    expect(await post(buildSandbox(), '/v1/events', message)).toEqual(
      rejected(`"${field}" is not a field of the message`)
    )
  })

  it('with a field named __proto__ gets 400', async () => {
    const text = '{"type":"identify","userId":"ada","__proto__":{}}'
    expect(await postText(buildSandbox(), '/v1/events', text)).toEqual(
      rejected('"__proto__" is not a field of the message')
    )
  })

  it.each(['page', 'screen', 'alias', 'Identify', 'constructor', '__proto__', ''])(
    'of the type "%s" gets 501',
    async (type) => {
      expect(await post(buildSandbox(), '/v1/events', { ...identify, type })).toEqual({
        status: 501,
        body: { message: 'type is not supported: it must be identify, group or track' }
      })
    }
  )

  it('that is rejected leaves nothing behind', async () => {
    const app = buildSandbox()
    await post(app, '/v1/events', { ...identify, leaked: 1 })
    await post(app, '/v1/events', { ...group, userId: 5 })
    await post(app, '/v1/events', { ...track, event: '' })
    expect(await held(app, 'users')).toEqual({ users: [], dropped: 0 })
    expect(await held(app, 'accounts')).toEqual({ accounts: [], dropped: 0 })
    expect(await held(app, 'events')).toEqual({ events: [], dropped: 0 })
  })
})

describe('a rejection', () => {
  it('never repeats what is in the fields', async () => {
    const personal = 'ada@example.com'
    const messages = [
      { type: personal, userId: 'ada' },
      { ...identify, userId: [personal] },
      { ...identify, traits: personal },
      { ...identify, timestamp: personal },
      { ...identify, leaked: personal },
      { ...track, event: '', properties: { email: personal } }
    ]
    for (const message of messages) {
      const { status, body } = await post(buildSandbox(), '/v1/events', message)
      expect(status).toBeGreaterThanOrEqual(400)
      expect(JSON.stringify(body)).not.toContain(personal)
    }
  })

  it("is told in the validator's own words if the rule has no sentence of its own", () => {
    const error = {
      keyword: 'maxLength',
      instancePath: '/userId',
      schemaPath: '#/properties/userId/maxLength',
      params: { limit: 5 },
      message: 'must NOT have more than 5 characters'
    }
    expect(reasonOf([error], 'message')).toBe('userId must NOT have more than 5 characters')
  })
})

describe('ISO 8601', () => {
  it.each([
    '2024-05-06T07:08:09Z',
    '2024-05-06T07:08:09.1Z',
    '2024-05-06T07:08:09.123456789Z',
    '2024-05-06T07:08:09,5Z',
    '2024-05-06T07:08:09+05:30',
    '2024-05-06T07:08:09-0800',
    '2024-05-06T07:08:09+01',
    '2024-05-06T07:08:09',
    '2024-05-06T07:08Z',
    '2024-05-06',
    '2024-02-29T00:00:00Z',
    '2000-02-29T00:00:00Z',
    '0000-02-29T00:00:00Z',
    '2016-12-31T23:59:60Z',
    '9999-12-31T23:59:59Z',
    '+010000-01-01T00:00:00.000Z',
    '-000004-02-29T00:00:00.000Z'
  ])('is what %s is in', (text) => {
    expect(isIso8601(text)).toBe(true)
  })

  it.each([
    '',
    'yesterday',
    '1715000000',
    '2024-05',
    '2024-13-01T00:00:00Z',
    '2024-00-01T00:00:00Z',
    '2024-05-00T00:00:00Z',
    '2024-04-31T00:00:00Z',
    '2023-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2024-05-06T25:00:00Z',
    '2024-05-06T07:60:00Z',
    '2024-05-06T07:08:61Z',
    '2024-05-06T07:08:09.Z',
    '2024-05-06T07:08:09+24:00',
    '2024-05-06 07:08:09Z',
    '2024-05-06T07:08:09 Z',
    '2024-05-06Z',
    '24-05-06T07:08:09Z',
    'Mon, 06 May 2024 07:08:09 GMT',
    '2024-05-06T07:08:09Z\n',
    ' 2024-05-06T07:08:09Z'
  ])('is not what "%s" is in', (text) => {
    expect(isIso8601(text)).toBe(false)
  })
})

const LIMIT = 36 * 1024

/** An identify message of exactly so many bytes of JSON, filled with a character of one or more bytes. */
function messageOf(bytes: number, filler = 'x') {
  const message = { type: 'identify', userId: 'ada', traits: { note: '' } }
  const room = bytes - Buffer.byteLength(JSON.stringify(message))
  const size = Buffer.byteLength(filler)
  message.traits.note = filler.repeat(Math.floor(room / size)) + 'x'.repeat(room % size)
  return message
}

/** An identify message whose one trait is so many arrays, one in the other. */
function nested(levels: number): string {
  return `{"type":"identify","userId":"ada","traits":{"deep":${'['.repeat(levels)}${']'.repeat(levels)}}}`
}

describe('the size of a message', () => {
  it.each(['x', 'é', '😀'])('may be 36 KB of JSON and no more, counted in bytes (filled with %s)', async (filler) => {
    const app = buildSandbox()
    expect(await post(app, '/v1/events', messageOf(LIMIT, filler))).toEqual({ status: 200, body: {} })
    expect(await post(app, '/v1/events', messageOf(LIMIT + 1, filler))).toEqual({
      status: 413,
      body: { message: 'The message is larger than 36 KB' }
    })
  })

  it('is the same limit for each message of a batch, and only that message gets 413', async () => {
    const app = buildSandbox()
    const batch = [messageOf(LIMIT), messageOf(LIMIT + 1), messageOf(LIMIT + 1, 'é'), messageOf(LIMIT, 'é')]
    const tooLarge = { status: 413, message: 'The message is larger than 36 KB' }
    expect(await post(app, '/v1/batch', { batch })).toEqual({
      status: 207,
      body: { results: [{ status: 200 }, tooLarge, tooLarge, { status: 200 }] }
    })
  })

  it('is that of its JSON without white space, as a single message and in a batch', async () => {
    const app = buildSandbox()
    const [small, large] = [messageOf(LIMIT), messageOf(LIMIT + 1)].map((message) => JSON.stringify(message))
    const padded = small.replace('{', `{${' '.repeat(40_000)}`)
    expect(await postText(app, '/v1/events', padded)).toEqual({ status: 200, body: {} })
    expect(await postText(app, '/v1/batch', `{"batch":[${padded},${large}]}`)).toMatchObject({
      body: { results: [{ status: 200 }, { status: 413 }] }
    })
  })

  it('is checked before the message', async () => {
    const malformed = { ...messageOf(LIMIT), leaked: 1 }
    expect((await post(buildSandbox(), '/v1/events', malformed)).status).toBe(413)
    expect(await post(buildSandbox(), '/v1/batch', { batch: [malformed] })).toMatchObject({
      body: { results: [{ status: 413 }] }
    })
  })
})

describe('the depth of a message', () => {
  it('may be far beyond any real one, and such a message can be shown', async () => {
    const app = buildSandbox()
    expect(await postText(app, '/v1/events', nested(998))).toEqual({ status: 200, body: {} })
    expect(await held(app, 'users')).toMatchObject({ users: [{ userId: 'ada' }] })
  })

  it.each([999, 16_000])('gets 413 if it is %i nested arrays', async (levels) => {
    expect(await postText(buildSandbox(), '/v1/events', nested(levels))).toEqual({
      status: 413,
      body: { message: 'The message is nested deeper than 1000 levels' }
    })
  })

  it('costs the one message of a batch that goes too deep and no other', async () => {
    const text = `{"batch":[{"type":"identify","userId":"grace"},${nested(1_000_000)}]}`
    expect(await postText(buildSandbox(), '/v1/batch', text)).toEqual({
      status: 207,
      body: {
        results: [{ status: 200 }, { status: 413, message: 'The message is nested deeper than 1000 levels' }]
      }
    })
  })
})
