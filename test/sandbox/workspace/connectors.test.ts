import { buildSandbox } from '../../../src/sandbox/build'
import { Workspace } from '../../../src/sandbox/workspace/workspace'
import { basic } from '../../http'
import { observedWorkspace } from '../sandbox-client'

const EMAIL = { email: 'ada@gmail.com' }

describe('a connector', () => {
  const workspace = new Workspace()
  const app = buildSandbox({ workspace })
  const statusFor = async (apiKey: string) => {
    const headers = { authorization: basic(`${apiKey}:`) }
    const payload = { type: 'identify', userId: 'ada' }
    return (await app.inject({ method: 'POST', url: '/v1/events', headers, payload })).statusCode
  }

  it('has a key of its own that opens the API', async () => {
    const [one, other] = ['Website', 'App'].map((name) => workspace.connectors.add({ name }))
    expect(one.apiKey).toMatch(/^sandbox_[\w-]{32}$/)
    expect(one.apiKey).not.toBe(other.apiKey)
    expect([await statusFor(one.apiKey), await statusFor(other.apiKey)]).toEqual([200, 200])
  })

  it('can have a fixed key', async () => {
    workspace.connectors.add({ name: 'Fixed', apiKey: 'fixed-fake-key' })
    expect(await statusFor('fixed-fake-key')).toBe(200)
  })

  it('can be renamed and is found by its ID', () => {
    const connector = workspace.connectors.add({ name: 'Website' })
    connector.name = 'Shop'
    expect(workspace.connectors.get(connector.id)?.name).toBe('Shop')
    expect([...workspace.connectors]).toContain(connector)
  })

  it('rejects its old key once it is rolled, and its key once it is revoked', async () => {
    const connector = workspace.connectors.add({ name: 'Website' })
    const old = connector.apiKey
    const rolled = connector.roll()
    expect([await statusFor(old), await statusFor(rolled)]).toEqual([401, 200])
    connector.revoke()
    expect([connector.isRevoked, await statusFor(rolled)]).toEqual([true, 401])
    expect([await statusFor(connector.roll()), connector.isRevoked]).toEqual([200, false])
  })
})

describe('a connector that blocks Users with free email providers', () => {
  function blocking() {
    const observed = observedWorkspace()
    observed.connector.freeEmailProviders = 'block'
    return observed
  }
  const sizes = ({ users, accounts, events }: Workspace) => [users.size, accounts.size, events.size]

  it('makes no User, records no event and touches no Account, and lists what it blocked', () => {
    const { workspace, connector, receive, changes } = blocking()
    receive(
      {
        type: 'identify',
        userId: 'ada',
        anonymousId: 'visitor',
        traits: EMAIL,
        context: { groupId: 'initech' },
        messageId: 'm-1'
      },
      { type: 'track', userId: 'ada', event: 'Signed Up' },
      { type: 'track', anonymousId: 'visitor', event: 'Signed Up' },
      { type: 'group', groupId: 'initech', userId: 'ada', traits: { name: 'Initech' } }
    )
    expect(sizes(workspace)).toEqual([0, 0, 0])
    const { items } = connector.blocked.list({ order: 'oldest first', limit: 10 })
    expect(items.map(({ type, user, provider, messageId }) => [type, user, provider, messageId])).toEqual([
      ['identify', 'ada', 'gmail.com', 'm-1'],
      ['track', 'ada', 'gmail.com', undefined],
      ['track', 'visitor', 'gmail.com', undefined],
      ['group', 'ada', 'gmail.com', undefined]
    ])
    expect(changes[0]).toEqual({
      kind: 'blocked',
      key: connector.id,
      label: 'gmail.com',
      isNew: false,
      traits: [],
      messageId: 'm-1',
      connectorId: connector.id
    })
  })

  it.each([
    ['an email at a company', { email: 'ada@initech.com' }],
    ["an email at the domain of Segment's examples", { email: 'john.doe@example.com' }],
    ['no email', {}],
    ['an email that is no text', { email: 5 }]
  ])('accepts a User with %s', (_case, traits) => {
    const { workspace, receive } = blocking()
    receive({ type: 'identify', userId: 'ada', traits }, { type: 'track', userId: 'ada', event: 'Signed Up' })
    expect(sizes(workspace)).toEqual([1, 0, 1])
  })

  it('accepts a group message without a User', () => {
    const { workspace, receive } = blocking()
    receive({ type: 'group', groupId: 'initech', traits: EMAIL })
    expect(sizes(workspace)).toEqual([0, 1, 0])
  })

  it('finds the email of a track message in context.traits', () => {
    const { workspace, receive } = blocking()
    receive({ type: 'track', userId: 'ada', event: 'Signed Up', context: { traits: { email: ' Ada@GMX.de ' } } })
    expect(sizes(workspace)).toEqual([0, 0, 0])
  })

  it('accepts a User again once another email comes', () => {
    const { workspace, receive } = blocking()
    receive({ type: 'identify', userId: 'ada', traits: EMAIL })
    receive({ type: 'identify', userId: 'ada', traits: { email: 'ada@initech.com' } })
    receive({ type: 'track', userId: 'ada', event: 'Signed Up' })
    expect(sizes(workspace)).toEqual([1, 0, 1])
  })

  it('blocks a User whose email came through another connector', () => {
    const { workspace, receive, connector } = observedWorkspace()
    receive({ type: 'identify', userId: 'ada', traits: EMAIL })
    connector.freeEmailProviders = 'block'
    receive({ type: 'track', userId: 'ada', event: 'Signed Up' })
    expect(sizes(workspace)).toEqual([1, 0, 0])
  })

  it('accepts the same message if it is sent again after the choice has changed', () => {
    const { workspace, receive, connector } = blocking()
    const message = { type: 'identify', userId: 'ada', traits: EMAIL, messageId: 'm-1' } as const
    receive(message)
    connector.freeEmailProviders = 'allow'
    receive(message)
    expect(sizes(workspace)).toEqual([1, 0, 0])
  })

  it('responds as to any other message', async () => {
    const workspace = new Workspace()
    workspace.connectors.add({ name: 'Website', apiKey: 'fake-key', freeEmailProviders: 'block' })
    const headers = { authorization: basic('fake-key:') }
    const payload = { type: 'identify', userId: 'ada', traits: EMAIL }
    const response = await buildSandbox({ workspace }).inject({ method: 'POST', url: '/v1/events', headers, payload })
    expect([response.statusCode, response.json()]).toEqual([200, {}])
  })
})
