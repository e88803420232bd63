import { buildSandbox } from '../../src/sandbox/build'
import { accept, held } from './sandbox-client'

const initech = { type: 'group', groupId: 'initech' }
const ada = { type: 'identify', userId: 'ada' }

describe('a group message', () => {
  it('creates an Account, and no User if it names none', async () => {
    const app = buildSandbox()
    await accept(app, { ...initech, traits: { plan: 'enterprise', 'total billed': 830 } })
    expect(await held(app, 'accounts')).toEqual({
      accounts: [{ groupId: 'initech', traits: { plan: 'enterprise', 'total billed': 830 }, users: [] }],
      dropped: 0
    })
    expect(await held(app, 'users')).toEqual({ users: [], dropped: 0 })
  })

  it('updates the traits of the Account one by one, and keeps the others', async () => {
    const app = buildSandbox()
    await accept(app, { ...initech, traits: { name: 'Initech', plan: 'free' } })
    await accept(app, { ...initech, traits: { plan: null } }, initech)
    expect(await held(app, 'accounts')).toMatchObject({ accounts: [{ traits: { name: 'Initech', plan: null } }] })
  })

  it('creates the User that it names and associates the two, leaving the traits to the Account', async () => {
    const app = buildSandbox()
    await accept(app, { ...initech, userId: 'ada', traits: { name: 'Initech' } })
    expect(await held(app, 'users')).toEqual({
      users: [{ userId: 'ada', anonymousIds: [], traits: {}, accounts: ['initech'] }],
      dropped: 0
    })
    expect(await held(app, 'accounts')).toEqual({
      accounts: [{ groupId: 'initech', traits: { name: 'Initech' }, users: ['ada'] }],
      dropped: 0
    })
  })

  it('associates a User that is known', async () => {
    const app = buildSandbox()
    await accept(app, { ...ada, traits: { name: 'Ada' } }, { ...initech, userId: 'ada' })
    expect(await held(app, 'users')).toMatchObject({ users: [{ traits: { name: 'Ada' }, accounts: ['initech'] }] })
  })

  it('associates a User that has only an anonymous ID, and lists it by that', async () => {
    const app = buildSandbox()
    await accept(app, { ...initech, anonymousId: 'visitor' })
    expect(await held(app, 'users')).toMatchObject({ users: [{ anonymousIds: ['visitor'], accounts: ['initech'] }] })
    expect(await held(app, 'accounts')).toMatchObject({ accounts: [{ users: ['visitor'] }] })
  })

  it('associates each User with each Account once', async () => {
    const app = buildSandbox()
    await accept(app, { ...initech, userId: 'ada' }, { ...initech, userId: 'ada' }, { ...initech, userId: 'grace' })
    await accept(app, { type: 'group', groupId: 'globex', userId: 'ada' })
    expect(await held(app, 'users')).toMatchObject({
      users: [{ accounts: ['initech'] }, { accounts: ['initech', 'globex'] }]
    })
    expect(await held(app, 'accounts')).toMatchObject({ accounts: [{ users: ['ada', 'grace'] }, { users: ['ada'] }] })
  })
})

describe("an identify message's context.groupId", () => {
  it('associates the User with that Account, created without traits if it is unknown', async () => {
    const app = buildSandbox()
    await accept(app, { ...ada, traits: { name: 'Ada' }, context: { groupId: 'initech' } })
    expect(await held(app, 'users')).toMatchObject({ users: [{ accounts: ['initech'] }] })
    expect(await held(app, 'accounts')).toEqual({
      accounts: [{ groupId: 'initech', traits: {}, users: ['ada'] }],
      dropped: 0
    })
  })

  it('leaves the traits of an Account that is known', async () => {
    const app = buildSandbox()
    await accept(app, { ...initech, traits: { name: 'Initech' } }, { ...ada, context: { groupId: 'initech' } })
    expect(await held(app, 'accounts')).toMatchObject({ accounts: [{ traits: { name: 'Initech' }, users: ['ada'] }] })
  })

  it.each([null, '', 0, false, 5, {}])('names no Account if it is %j', async (groupId) => {
    const app = buildSandbox()
    await accept(app, { ...ada, context: { groupId } })
    expect(await held(app, 'accounts')).toEqual({ accounts: [], dropped: 0 })
  })

  it('has no such meaning in a group message', async () => {
    const app = buildSandbox()
    await accept(app, { ...initech, userId: 'ada', context: { groupId: 'globex' } })
    expect(await held(app, 'users')).toMatchObject({ users: [{ accounts: ['initech'] }] })
  })
})

describe('the Accounts that are kept', () => {
  it('are the ones updated or associated last, and the dropped ones are counted', async () => {
    const app = buildSandbox({ keep: 2 })
    await accept(app, initech, { type: 'group', groupId: 'globex' }, { ...ada, context: { groupId: 'initech' } })
    await accept(app, { type: 'group', groupId: 'hooli' })
    expect(await held(app, 'accounts')).toMatchObject({
      accounts: [{ groupId: 'initech' }, { groupId: 'hooli' }],
      dropped: 1
    })
  })

  it('do not include a dropped Account that comes again: it starts anew, without its Users', async () => {
    const app = buildSandbox({ keep: 1 })
    await accept(app, { ...initech, userId: 'ada', traits: { name: 'Initech' } }, { type: 'group', groupId: 'globex' })
    expect(await held(app, 'users')).toMatchObject({ users: [{ userId: 'ada', accounts: [] }] })
    await accept(app, initech)
    expect(await held(app, 'accounts')).toEqual({
      accounts: [{ groupId: 'initech', traits: {}, users: [] }],
      dropped: 2
    })
  })
})
