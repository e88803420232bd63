import { buildSandbox } from '../../src/sandbox/build'
import { accept, held, post } from './sandbox-client'

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
