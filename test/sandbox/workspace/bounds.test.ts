import { observedWorkspace } from './observed-workspace'

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
