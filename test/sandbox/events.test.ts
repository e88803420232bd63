import { buildSandbox } from '../../src/sandbox/build'
import { accept, held, post, postText } from './sandbox-client'

const signedUp = { type: 'track', userId: 'ada', event: 'Signed Up' }

describe('a track message', () => {
  it('is recorded as it was received, in the order of arrival', async () => {
    const app = buildSandbox()
    const loggedIn = {
      type: 'track',
      anonymousId: 'visitor',
      event: 'Logged In',
      properties: { plan: null, first: false, count: 0, note: '', nested: { list: [1, null] } },
      context: { groupId: 'initech', ip: '' },
      timestamp: '2024-05-06T07:08:09.123456789Z',
      messageId: 'm-1'
    }
    await accept(app, signedUp, loggedIn)
    expect(await held(app, 'events')).toEqual({ events: [signedUp, loggedIn], dropped: 0 })
  })

  it('keeps properties called __proto__ as data', async () => {
    const app = buildSandbox()
    const text = '{"type":"track","userId":"ada","event":"Signed Up","properties":{"__proto__":{"a":1}}}'
    await postText(app, '/v1/events', text)
    expect(JSON.stringify(await held(app, 'events'))).toBe(`{"events":[${text}],"dropped":0}`)
  })

  it('creates no User and no Account', async () => {
    const app = buildSandbox()
    await accept(app, { ...signedUp, context: { groupId: 'initech' } })
    expect(await held(app, 'users')).toEqual({ users: [], dropped: 0 })
    expect(await held(app, 'accounts')).toEqual({ accounts: [], dropped: 0 })
  })

  it('is dropped and counted if newer ones exceed the limit', async () => {
    const app = buildSandbox({ keep: 2 })
    const [first, second, third] = ['First', 'Second', 'Third'].map((event) => ({ ...signedUp, event }))
    await accept(app, first, second, third)
    expect(await held(app, 'events')).toEqual({ events: [second, third], dropped: 1 })
  })

  it('is one of the last ones that are kept', async () => {
    const app = buildSandbox({ keep: 10_000 })
    const batch = Array.from({ length: 1000 }, () => signedUp)
    for (let sent = 0; sent < 10_000; sent += batch.length) {
      await post(app, '/v1/batch', { batch })
    }
    expect(await held(app, 'events', '?limit=10000')).toMatchObject({ events: { length: 10_000 }, dropped: 0 })
    await accept(app, signedUp)
    expect(await held(app, 'events', '?limit=10000')).toMatchObject({ events: { length: 10_000 }, dropped: 1 })
  })

  it('is recorded in the sandbox that it was sent to and in no other', async () => {
    const [one, other] = [buildSandbox(), buildSandbox()]
    await accept(one, signedUp)
    expect(await held(other, 'events')).toEqual({ events: [], dropped: 0 })
  })
})

const identify = { type: 'identify', userId: 'ada' }
const group = { type: 'group', groupId: 'initech' }
const track = { type: 'track', userId: 'ada', event: 'Signed Up' }

describe('a repeated messageId', () => {
  const first = { ...identify, traits: { plan: 'free' }, messageId: 'm-1' }

  it('gets 200 and changes nothing, whatever its type', async () => {
    const app = buildSandbox()
    await accept(app, first, { ...first, traits: { plan: 'pro' } })
    await accept(app, { ...track, messageId: 'm-1' }, { ...group, messageId: 'm-1' })
    expect(await held(app, 'users')).toMatchObject({ users: [{ traits: { plan: 'free' } }] })
    expect(await held(app, 'accounts')).toEqual({ accounts: [], dropped: 0 })
    expect(await held(app, 'events')).toEqual({ events: [], dropped: 0 })
  })

  it('still gets 400 if the message is malformed', async () => {
    const app = buildSandbox()
    await accept(app, first)
    expect(await post(app, '/v1/events', { ...first, leaked: 1 })).toEqual({
      status: 400,
      body: { message: '"leaked" is not a field of the message' }
    })
  })

  it('does not count if the first message was rejected', async () => {
    const app = buildSandbox()
    await post(app, '/v1/events', { ...first, leaked: 1 })
    await accept(app, first)
    expect(await held(app, 'users')).toMatchObject({ users: [{ userId: 'ada', traits: { plan: 'free' } }] })
  })

  it('is told from a message without one, which is always applied', async () => {
    const app = buildSandbox()
    await accept(app, track, track)
    expect(await held(app, 'events')).toEqual({ events: [track, track], dropped: 0 })
  })

  it('is remembered for as many ids as events are kept', async () => {
    const app = buildSandbox({ keep: 2 })
    await accept(app, first, { ...identify, messageId: 'm-2' }, { ...first, traits: { plan: 'pro' } })
    expect(await held(app, 'users')).toMatchObject({ users: [{ traits: { plan: 'free' } }] })
    await accept(app, { ...identify, messageId: 'm-3' }, { ...first, traits: { plan: 'pro' } })
    expect(await held(app, 'users')).toMatchObject({ users: [{ traits: { plan: 'pro' } }] })
  })
})
