import { observedWorkspace } from './observed-workspace'

const NOW = Date.UTC(2024, 0, 31)

beforeEach(() => {
  jest.spyOn(Date, 'now').mockReturnValue(NOW)
})

afterEach(() => jest.restoreAllMocks())

describe('the history of a User', () => {
  it('says which message changed what', () => {
    const { workspace, receive } = observedWorkspace()
    receive(
      { type: 'identify', userId: 'ada', traits: { plan: 'free', tags: ['a'] }, messageId: 'm-1' },
      { type: 'identify', userId: 'ada', traits: { plan: null, tags: ['a'] }, messageId: 'm-2' },
      { type: 'group', groupId: 'initech', userId: 'ada', anonymousId: 'visitor', messageId: 'm-3' }
    )
    expect(workspace.users.get('userId:ada')?.history).toEqual([
      {
        at: NOW,
        messageId: 'm-1',
        isNew: true,
        traits: [
          { name: 'plan', value: 'free' },
          { name: 'tags', value: ['a'] }
        ]
      },
      { at: NOW, messageId: 'm-2', isNew: false, traits: [{ name: 'plan', value: null }] },
      { at: NOW, messageId: 'm-3', isNew: false, traits: [], anonymousId: 'visitor', joined: 'initech' }
    ])
  })

  it('leaves out a message that changed nothing', () => {
    const { workspace, receive } = observedWorkspace()
    receive({ type: 'identify', userId: 'ada' }, { type: 'identify', userId: 'ada' })
    expect(workspace.users.get('userId:ada')?.history).toHaveLength(1)
  })

  it('goes on with that of the anonymous User that became part of it', () => {
    const { workspace, receive } = observedWorkspace()
    receive(
      { type: 'identify', anonymousId: 'visitor', traits: { source: 'ad' }, messageId: 'm-1' },
      { type: 'identify', userId: 'ada', anonymousId: 'visitor', messageId: 'm-2' }
    )
    const user = workspace.users.get('anonymousId:visitor')
    expect(user?.label).toBe('ada')
    expect(user?.history.map(({ messageId, merged }) => [messageId, merged])).toEqual([
      ['m-1', undefined],
      ['m-2', 'visitor']
    ])
  })
})

describe('the history of an Account', () => {
  it('says which message changed what', () => {
    const { workspace, receive } = observedWorkspace()
    receive(
      { type: 'group', groupId: 'initech', traits: { name: 'Initech' }, messageId: 'm-1' },
      { type: 'identify', userId: 'ada', context: { groupId: 'initech' }, messageId: 'm-2' }
    )
    expect(workspace.accounts.get('initech')?.history).toEqual([
      { at: NOW, messageId: 'm-1', isNew: true, traits: [{ name: 'name', value: 'Initech' }] },
      { at: NOW, messageId: 'm-2', isNew: false, traits: [], joined: 'ada' }
    ])
  })
})

describe('a listener', () => {
  it('hears of every change in order, until it ends', () => {
    const { workspace, connector, changes, receive } = observedWorkspace()
    const track = { type: 'track', userId: 'ada', event: 'Signed Up', messageId: 'm-2' } as const
    receive(
      { type: 'group', groupId: 'initech', userId: 'ada', traits: { plan: 'pro' }, messageId: 'm-1' },
      track,
      track
    )
    const common = { connectorId: connector.id, traits: [] }
    expect(changes).toEqual([
      { ...common, kind: 'user', key: 'userId:ada', label: 'ada', isNew: true, messageId: 'm-1' },
      { ...common, kind: 'account', key: 'initech', label: 'initech', isNew: true, traits: ['plan'], messageId: 'm-1' },
      { ...common, kind: 'event', key: '0', label: 'Signed Up', isNew: true, messageId: 'm-2' },
      { ...common, kind: 'duplicate', key: connector.id, label: 'Website', isNew: false, messageId: 'm-2' }
    ])

    const listener = jest.fn()
    workspace.onChange(listener)()
    receive({ type: 'identify', userId: 'grace' })
    expect(listener).not.toHaveBeenCalled()
  })
})

describe('an event', () => {
  it('is found by its key and belongs to the User that sent it', () => {
    const { workspace, receive } = observedWorkspace()
    const [byAda, byVisitor] = [
      { type: 'track', userId: 'ada', event: 'Signed Up', context: { groupId: 'initech' } },
      { type: 'track', anonymousId: 'visitor', event: 'Viewed' }
    ] as const
    receive({ type: 'identify', userId: 'ada', anonymousId: 'visitor' }, byAda, byVisitor)
    receive({ type: 'track', userId: 'grace', anonymousId: 'visitor', event: 'Viewed' })
    const ada = workspace.users.get('userId:ada')
    const { items } = workspace.events.list({
      order: 'newest first',
      limit: 10,
      matches: (event) => ada !== undefined && event.isOf(ada)
    })
    expect(items.map(({ message }) => message)).toEqual([byVisitor, byAda])
    expect(workspace.events.get('0')).toMatchObject({ groupId: 'initech', at: NOW })
  })
})
