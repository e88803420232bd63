import { observedWorkspace } from '../sandbox-client'

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

const numbered = (count: number, name: (n: number) => string) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [name(n), n]))

describe('the memory of one record', () => {
  it('holds the last 1,000 traits', () => {
    const { workspace, receive } = observedWorkspace()
    receive({ type: 'identify', userId: 'ada', traits: numbered(1000, (n) => `first ${n}`) })
    receive({ type: 'identify', userId: 'ada', traits: numbered(10, (n) => `second ${n}`) })
    const { size, dropped } = workspace.users.get('userId:ada')?.traits ?? {}
    expect([size, dropped]).toEqual([1000, 10])
  })

  it('holds the last 256 KB of traits', () => {
    const { workspace, receive } = observedWorkspace()
    for (let n = 0; n < 20; n++) {
      receive({ type: 'group', groupId: 'initech', traits: { [`trait ${n}`]: 'x'.repeat(30_000) } })
    }
    const { size, dropped } = workspace.accounts.get('initech')?.traits ?? {}
    expect([size, dropped]).toEqual([8, 12])
  })

  it('holds the last 1,000 anonymous IDs, and a dropped one no longer leads to the User', () => {
    const { workspace, receive } = observedWorkspace()
    for (let n = 0; n <= 1000; n++) {
      receive({ type: 'identify', userId: 'ada', anonymousId: `visitor ${n}` })
    }
    const user = workspace.users.get('userId:ada')
    expect([user?.anonymousIds.size, user?.anonymousIds.dropped]).toEqual([1000, 1])
    expect(workspace.users.get('anonymousId:visitor 0')).toBeUndefined()
    expect(workspace.users.get('anonymousId:visitor 1')).toBe(user)
  })

  it('holds the last 1,000 Accounts of a User, and neither side knows of one that was dropped', () => {
    const { workspace, receive } = observedWorkspace()
    for (let n = 0; n <= 1000; n++) {
      receive({ type: 'group', groupId: `account ${n}`, userId: 'ada' })
    }
    const user = workspace.users.get('userId:ada')
    expect([user?.accounts.size, user?.droppedAccounts]).toEqual([1000, 1])
    expect(workspace.accounts.get('account 0')?.users.size).toBe(0)
  })

  it('holds the last 100 changes', () => {
    const { workspace, receive } = observedWorkspace()
    for (let n = 0; n <= 100; n++) {
      receive({ type: 'identify', userId: 'ada', traits: { visits: n }, messageId: `m-${n}` })
    }
    const user = workspace.users.get('userId:ada')
    expect([user?.history.length, user?.history[0].messageId, user?.droppedHistory]).toEqual([100, 'm-1', 1])
  })
})

describe('the memory of a workspace', () => {
  it('drops records of the kind that uses the most memory, however few there are', () => {
    const { workspace, receive } = observedWorkspace(10_000)
    receive({ type: 'identify', userId: 'ada' })
    const properties = { text: 'x'.repeat(30_000) }
    for (let n = 0; n < 2500; n++) {
      receive({ type: 'track', userId: 'ada', event: `Event ${n}`, properties })
    }
    const { users, events } = workspace
    expect(users.bytes + events.bytes).toBeLessThanOrEqual(64 * 1024 * 1024)
    expect(events.size + events.dropped).toBe(2500)
    expect(workspace.dropped).toEqual({ users: 0, accounts: 0, events: events.dropped, messageIds: 0 })
    expect(events.dropped).toBeGreaterThan(0)
  })

  it('is measured by the size of values, not of their JSON', () => {
    const { workspace, receive } = observedWorkspace()
    receive({ type: 'identify', userId: 'ada', traits: { list: Array.from({ length: 3000 }, () => ({})) } })
    expect(workspace.users.bytes).toBeGreaterThan(3000 * 64)
  })

  it('keeps fingerprints of long message IDs and still recognizes them', () => {
    const { workspace, receive } = observedWorkspace()
    const message = { type: 'track', userId: 'ada', event: 'Signed Up', messageId: 'm'.repeat(30_000) } as const
    receive(message, message, { ...message, messageId: `${message.messageId}2` })
    expect(workspace.events.size).toBe(2)
  })

  it('counts 21,000 repeated events once', () => {
    const { workspace, receive } = observedWorkspace()
    for (let n = 0; n < 42_000; n++) {
      receive({ type: 'track', userId: 'ada', event: 'Signed Up', messageId: `m-${n % 21_000}` })
    }
    expect(workspace.events.size).toBe(21_000)
    expect(workspace.dropped).toEqual({ users: 0, accounts: 0, events: 0, messageIds: 0 })
  })
})
