import { buildSandbox } from '../../src/sandbox/build'
import { accept, held } from './sandbox-client'

const ada = { type: 'identify', userId: 'ada' }
const visitor = { type: 'identify', anonymousId: 'visitor' }

describe('an anonymous User', () => {
  it('becomes the User whose userId first comes with its anonymous id', async () => {
    const app = buildSandbox()
    await accept(app, { ...visitor, traits: { plan: 'free', source: 'ad' }, context: { groupId: 'initech' } })
    await accept(app, { ...ada, anonymousId: 'visitor', traits: { plan: 'pro' } })
    expect(await held(app, 'users')).toEqual({
      users: [
        { userId: 'ada', anonymousIds: ['visitor'], traits: { plan: 'pro', source: 'ad' }, accounts: ['initech'] }
      ],
      dropped: 0
    })
    expect(await held(app, 'accounts')).toMatchObject({ accounts: [{ groupId: 'initech', users: ['ada'] }] })
  })

  it('is merged into a User that exists, whose own traits and Accounts stay', async () => {
    const app = buildSandbox()
    await accept(app, { ...ada, traits: { plan: 'pro' }, context: { groupId: 'globex' } })
    await accept(app, { ...visitor, traits: { plan: 'free', source: 'ad' }, context: { groupId: 'initech' } })
    await accept(app, { ...ada, anonymousId: 'visitor', traits: { name: 'Ada' } })
    expect(await held(app, 'users')).toEqual({
      users: [
        {
          userId: 'ada',
          anonymousIds: ['visitor'],
          traits: { source: 'ad', plan: 'pro', name: 'Ada' },
          accounts: ['globex', 'initech']
        }
      ],
      dropped: 0
    })
    expect(await held(app, 'accounts')).toMatchObject({ accounts: [{ users: ['ada'] }, { users: ['ada'] }] })
  })

  it('is merged by a group message that names both ids as well', async () => {
    const app = buildSandbox()
    await accept(app, visitor, { type: 'group', groupId: 'initech', userId: 'ada', anonymousId: 'visitor' })
    expect(await held(app, 'users')).toEqual({
      users: [{ userId: 'ada', anonymousIds: ['visitor'], traits: {}, accounts: ['initech'] }],
      dropped: 0
    })
  })
})

describe('an anonymous id that two logins share', () => {
  const grace = { type: 'identify', userId: 'grace', anonymousId: 'browser' }

  it('leaves them two Users, and leads to the one seen last', async () => {
    const app = buildSandbox()
    await accept(app, { ...ada, anonymousId: 'browser' }, grace)
    await accept(app, { type: 'identify', anonymousId: 'browser', traits: { plan: 'pro' } })
    expect(await held(app, 'users')).toEqual({
      users: [
        { userId: 'ada', anonymousIds: ['browser'], traits: {}, accounts: [] },
        { userId: 'grace', anonymousIds: ['browser'], traits: { plan: 'pro' }, accounts: [] }
      ],
      dropped: 0
    })
  })

  it('still leads there once the other User is dropped', async () => {
    const app = buildSandbox({ keep: 2 })
    await accept(app, { ...ada, anonymousId: 'browser' }, grace, { type: 'identify', userId: 'joan' })
    await accept(app, { type: 'identify', anonymousId: 'browser', traits: { plan: 'pro' } })
    expect(await held(app, 'users')).toMatchObject({
      users: [{ userId: 'joan' }, { userId: 'grace', traits: { plan: 'pro' } }]
    })
  })
})
