import { buildSandbox } from '../../src/sandbox/build'
import { reasonOf } from '../../src/sandbox/messages/reason'
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
