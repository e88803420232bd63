import { buildSandbox } from '../../src/sandbox/build'
import { accept, held, postText } from './sandbox-client'

const ada = { type: 'identify', userId: 'ada' }
const visitor = { type: 'identify', anonymousId: 'visitor' }

describe('an identify message', () => {
  it('creates a User', async () => {
    const app = buildSandbox()
    await accept(app, { ...ada, traits: { email: 'ada@example.com' } })
    expect(await held(app, 'users')).toEqual({
      users: [{ userId: 'ada', anonymousIds: [], traits: { email: 'ada@example.com' }, accounts: [] }],
      dropped: 0
    })
  })

  it('creates a User from a bare id', async () => {
    const app = buildSandbox()
    await accept(app, ada, visitor)
    expect(await held(app, 'users')).toEqual({
      users: [
        { userId: 'ada', anonymousIds: [], traits: {}, accounts: [] },
        { userId: null, anonymousIds: ['visitor'], traits: {}, accounts: [] }
      ],
      dropped: 0
    })
  })

  it('updates the traits of the User one by one, and keeps the others', async () => {
    const app = buildSandbox()
    await accept(app, { ...ada, traits: { name: 'Ada', plan: 'free', address: { city: 'London', zip: 'W1' } } })
    await accept(app, { ...ada, traits: { plan: 'pro', address: { city: 'Paris' } } }, ada)
    expect(await held(app, 'users')).toMatchObject({
      users: [{ userId: 'ada', traits: { name: 'Ada', plan: 'pro', address: { city: 'Paris' } } }]
    })
  })

  it('stores null, false, 0 and the empty string as data', async () => {
    const app = buildSandbox()
    await accept(app, { ...ada, traits: { a: 1, b: true, c: 1, d: 'x' } })
    await accept(app, { ...ada, traits: { a: null, b: false, c: 0, d: '' } })
    expect(await held(app, 'users')).toMatchObject({ users: [{ traits: { a: null, b: false, c: 0, d: '' } }] })
  })

  it('keeps traits called __proto__ and constructor as data that reaches no prototype', async () => {
    const app = buildSandbox()
    const traits = '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"plan":"free"}'
    const message = `{"type":"identify","userId":"ada","traits":${traits}}`
    expect(await postText(app, '/v1/events', message)).toEqual({ status: 200, body: {} })
    await accept(app, { ...ada, traits: { plan: 'pro' } })
    const kept = JSON.stringify(await held(app, 'users'))
    expect(kept).toContain(traits.replace('free', 'pro'))
    expect({}).not.toHaveProperty('polluted')
  })

  it('updates the User that an anonymous id is known to belong to', async () => {
    const app = buildSandbox()
    await accept(app, { ...ada, anonymousId: 'visitor' }, { ...visitor, traits: { plan: 'pro' } })
    expect(await held(app, 'users')).toEqual({
      users: [{ userId: 'ada', anonymousIds: ['visitor'], traits: { plan: 'pro' }, accounts: [] }],
      dropped: 0
    })
  })

  it('tells an anonymous id from a user id of the same characters', async () => {
    const app = buildSandbox()
    await accept(app, ada, { type: 'identify', anonymousId: 'ada' })
    expect(await held(app, 'users')).toMatchObject({ users: [{ userId: 'ada' }, { userId: null }] })
  })

  it('remembers every anonymous id of a User once', async () => {
    const app = buildSandbox()
    await accept(app, { ...ada, anonymousId: 'phone' }, { ...ada, anonymousId: 'laptop' })
    await accept(app, { ...ada, anonymousId: 'phone' })
    expect(await held(app, 'users')).toMatchObject({ users: [{ userId: 'ada', anonymousIds: ['phone', 'laptop'] }] })
  })
})

describe('the Users that are kept', () => {
  it('are the ones updated last, and the dropped ones are counted', async () => {
    const app = buildSandbox({ keep: 2 })
    await accept(app, ada, { type: 'identify', userId: 'grace' }, ada, { type: 'identify', userId: 'joan' })
    expect(await held(app, 'users')).toMatchObject({ users: [{ userId: 'ada' }, { userId: 'joan' }], dropped: 1 })
  })

  it('do not include a dropped User that comes again: it starts anew, by each of its ids', async () => {
    const app = buildSandbox({ keep: 1 })
    await accept(app, { ...ada, anonymousId: 'visitor', traits: { plan: 'pro' } })
    await accept(app, { type: 'identify', userId: 'grace' }, visitor)
    expect(await held(app, 'users')).toEqual({
      users: [{ userId: null, anonymousIds: ['visitor'], traits: {}, accounts: [] }],
      dropped: 2
    })
    await accept(app, ada)
    expect(await held(app, 'users')).toEqual({
      users: [{ userId: 'ada', anonymousIds: [], traits: {}, accounts: [] }],
      dropped: 3
    })
  })

  it('do not count a merged anonymous User as dropped', async () => {
    const app = buildSandbox({ keep: 2 })
    await accept(app, ada, visitor, { ...ada, anonymousId: 'visitor' }, { type: 'identify', userId: 'grace' })
    expect(await held(app, 'users')).toMatchObject({ users: [{ userId: 'ada' }, { userId: 'grace' }], dropped: 0 })
  })

  it('take a dropped User out of its Accounts', async () => {
    const app = buildSandbox({ keep: 1 })
    await accept(app, { ...ada, context: { groupId: 'initech' } }, { type: 'identify', userId: 'grace' })
    expect(await held(app, 'accounts')).toEqual({
      accounts: [{ groupId: 'initech', traits: {}, users: [] }],
      dropped: 0
    })
  })
})

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
