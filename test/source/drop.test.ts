import { createMessageIds, dropReason } from '../../src/source'
import { authorization, buildSource, WRITE_KEY } from './local-source'

const track = { type: 'track', userId: 'userId123', event: 'User Registered', messageId: 'message-1' }
const page = { type: 'page', anonymousId: 'anonymous-1' }

describe('a message that Segment drops', () => {
  it.each([
    ['no_user_anon_id', { ...track, userId: undefined }],
    ['no_user_anon_id', { ...track, userId: '', anonymousId: null }],
    ['event_not_defined', { ...track, event: undefined }],
    ['event_not_defined', { ...track, event: '' }],
    ['event_not_string', { ...track, event: 7 }],
    ['properties_not_object', { ...track, properties: 'plan' }],
    ['properties_not_object', { ...page, properties: [] }],
    ['traits_not_object', { type: 'identify', userId: 'userId123', traits: 'email' }],
    ['traits_not_object', { type: 'group', userId: 'userId123', groupId: 'acc-1', traits: [] }],
    ['name_not_string', { ...page, name: '' }],
    ['name_not_string', { ...page, type: 'screen', name: 5 }],
    ['category_not_string', { ...page, category: 5 }],
    ['unknown_type', { ...track, type: 'purchase' }],
    ['unknown_type', { ...track, type: 5 }]
  ])('gets the code %s: %j', (code, call) => {
    expect(dropReason(call)).toEqual({ code, reason: expect.any(String) })
  })

  it('is responded to with 200, like any other, and handed on with the reason', async () => {
    const { app, received } = buildSource()
    const response = await app.inject({
      method: 'POST',
      url: '/v1/track',
      headers: { authorization: authorization() },
      payload: { userId: 'userId123', messageId: 'message-1' }
    })

    expect([response.statusCode, response.json()]).toEqual([200, { success: true }])
    expect(received).toEqual([
      {
        sourceId: 'source-1',
        message: expect.objectContaining({ type: 'track', messageId: 'message-1' }),
        dropped: {
          code: 'event_not_defined',
          reason: 'The track call has no event: give it a name, such as "User Registered"'
        }
      }
    ])
  })
})

describe('a message that Segment accepts', () => {
  it.each([
    ['a numeric id', { ...track, userId: 0 }],
    ['an anonymousId only', { ...track, userId: null, anonymousId: 'anonymous-1' }],
    ['null in place of optional fields', { ...page, name: null, category: null, properties: null }],
    ['an empty category', { ...page, category: '' }],
    ['a type in another case, which no trigger matches', { ...track, type: 'Track' }],
    ['a group call without a groupId', { type: 'group', userId: 'userId123' }]
  ])('may have %s', (_case, call) => {
    expect(dropReason(call)).toBeUndefined()
  })
})

describe('a message that Segment accepts although its documentation says otherwise', () => {
  const UNREADABLE = "The timestamp can't be read, so the message has the time when it was received. Write ISO 8601."

  it.each([
    ['/v1/track', { userId: 7, messageId: 8 }, ['"userId" is a number.', '"messageId" is a number.']],
    ['/v1/group', { anonymousId: 7, groupId: 8 }, ['"anonymousId" is a number.', '"groupId" is a number.']],
    ['/v1/track', { messageId: 'm'.repeat(100) }, ['The messageId has 100 characters or more.']],
    ['/v1/track', { timestamp: '31.12.2025' }, [UNREADABLE]],
    ['/v1/track', { timestamp: 1767225600 }, [UNREADABLE]],
    ['/v1/page', { category: '' }, ['The category is empty.']],
    ['/v1/screen', { category: '' }, ['The category is empty.']]
  ])('gets a hint from %s: %j', async (url, call, expected) => {
    const { app, received } = buildSource()
    await app.inject({ method: 'POST', url, payload: { ...track, writeKey: WRITE_KEY, ...call } })

    expect(received).toHaveLength(1)
    expect(received[0]).not.toHaveProperty('dropped')
    expect(received[0].hints).toEqual(expected.map((start) => expect.stringMatching(new RegExp(`^${start}`)) as string))
  })

  it.each([{}, { timestamp: null }, { timestamp: '2026-01-31T09:00:00' }, { messageId: 'm'.repeat(99) }])(
    'gets no hint for what is documented: %j',
    async (call) => {
      const { app, received } = buildSource()
      await app.inject({ method: 'POST', url: '/v1/track', payload: { ...track, writeKey: WRITE_KEY, ...call } })

      expect(received).toEqual([{ sourceId: 'source-1', message: expect.any(Object) }])
    }
  )
})

describe('a message whose write key belongs to no source', () => {
  it.each([
    ['an unknown key', { authorization: authorization('other-key') }],
    ['no key', {}],
    ['malformed credentials', { authorization: 'Basic %%%' }]
  ])('is handed on without a source: %s', async (_case, headers) => {
    const { app, received } = buildSource()
    const response = await app.inject({ method: 'POST', url: '/v1/track', headers, payload: track })

    expect(response.statusCode).toBe(200)
    expect(received).toMatchObject([{ message: track, dropped: { code: 'project_not_found' } }])
    expect(received[0]).not.toHaveProperty('sourceId')
  })
})

describe('a message that was received before', () => {
  const send = async (calls: object[], max?: number) => {
    const { app, received } = buildSource({
      messageIds: createMessageIds(max),
      findSource: (writeKey) => ({ id: writeKey })
    })
    for (const call of calls) {
      await app.inject({ method: 'POST', url: '/v1/track', payload: { ...track, writeKey: 'key-1', ...call } })
    }
    return received.map(({ dropped }) => dropped?.code ?? 'accepted')
  }

  it('is dropped as a duplicate', async () => {
    expect(await send([{}, {}, { messageId: 'message-2' }])).toEqual(['accepted', 'duplicate', 'accepted'])
  })

  it('is no duplicate if another source sends it', async () => {
    expect(await send([{}, { writeKey: 'key-2' }])).toEqual(['accepted', 'accepted'])
  })

  it('is no duplicate if it was dropped for another reason', async () => {
    expect(await send([{ event: '' }, {}])).toEqual(['event_not_defined', 'accepted'])
  })

  it('is forgotten once enough others came after it', async () => {
    const others = [{ messageId: 'message-2' }, { messageId: 'message-3' }]
    expect(await send([{}, ...others, {}], 2)).toEqual(['accepted', 'accepted', 'accepted', 'accepted'])
    expect(await send([{}, ...others, {}], 3)).toEqual(['accepted', 'accepted', 'accepted', 'duplicate'])
  })
})
