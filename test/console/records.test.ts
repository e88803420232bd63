import { runConsole } from './running-console'
import type { RunningConsole } from './running-console'

let running: RunningConsole

beforeAll(async () => {
  running = await runConsole({ start: 'ready', keep: 3 })
  const ada = { userId: 'ada', anonymousId: 'visitor-1' }
  await running.settled({
    type: 'identify',
    messageId: 'r1',
    ...ada,
    traits: { name: 'Ada', email: 'ada@example.com' }
  })
  await running.settled({ type: 'group', messageId: 'r2', ...ada, groupId: 'initech', traits: { name: 'Initech' } })
  for (const number of [1, 2, 3, 4]) {
    await running.settled({
      type: 'track',
      messageId: `t${number}`,
      userId: 'ada',
      event: `Step ${number}`,
      properties: { number },
      context: { groupId: 'initech' }
    })
  }
})

afterAll(() => running.app.close())

describe('Users', () => {
  it('are listed and found by a text in any case', async () => {
    expect(await running.call('GET /api/users', { query: { search: 'ADA' } })).toEqual({
      items: [
        {
          key: 'userId:ada',
          label: 'ada',
          userId: 'ada',
          name: 'Ada',
          email: 'ada@example.com',
          traits: 2,
          accounts: 1,
          updatedAt: expect.stringMatching(/Z$/)
        }
      ],
      matching: 1,
      total: 1,
      dropped: 0
    })
    expect((await running.call('GET /api/users', { query: { search: 'grace' } })).items).toEqual([])
  })

  it('have traits, anonymous IDs, Accounts, events, and a history with the message of each change', async () => {
    const user = await running.call('GET /api/users/:key', { params: { key: 'userId:ada' } })

    expect(user).toMatchObject({
      traitValues: { name: 'Ada', email: 'ada@example.com' },
      anonymousIds: ['visitor-1'],
      memberOf: [{ key: 'initech', label: 'initech' }],
      dropped: { traits: 0, anonymousIds: 0, links: 0 }
    })
    expect(user.recentEvents.map(({ event }) => event)).toEqual(['Step 4', 'Step 3', 'Step 2'])
    expect(user.history.entries.map(({ messageId, note }) => [messageId, note])).toEqual([
      ['r2', 'associated with initech'],
      ['r1', expect.stringContaining('created')]
    ])
  })

  it('are found by an anonymous ID that was merged into them', async () => {
    const user = await running.call('GET /api/users/:key', { params: { key: 'anonymousId:visitor-1' } })

    expect(user.userId).toBe('ada')
  })
})

describe('Accounts', () => {
  it('are listed, and have members, events and a history', async () => {
    const { items } = await running.call('GET /api/accounts', { query: { search: 'initech' } })
    expect(items).toEqual([
      {
        key: 'initech',
        label: 'initech',
        name: 'Initech',
        traits: 1,
        users: 1,
        updatedAt: expect.stringMatching(/Z$/)
      }
    ])

    const account = await running.call('GET /api/accounts/:key', { params: { key: 'initech' } })
    expect(account).toMatchObject({
      traitValues: { name: 'Initech' },
      members: [{ key: 'userId:ada', label: 'ada' }],
      dropped: { traits: 0, anonymousIds: 0, links: 0 }
    })
    expect(account.history.entries[0]).toMatchObject({ messageId: 'r2', traits: [{ name: 'name', value: 'Initech' }] })
  })
})

describe('events', () => {
  it('are listed page by page, and say how many were dropped', async () => {
    const first = await running.call('GET /api/events', { query: { limit: 2 } })
    expect([first.items.map(({ event }) => event), first.total, first.dropped]).toEqual([['Step 4', 'Step 3'], 3, 1])

    const second = await running.call('GET /api/events', { query: { limit: 2, after: first.next ?? '' } })
    expect([second.items.map(({ event }) => event), second.next]).toEqual([['Step 2'], undefined])
  })

  it('are found by their User, their Account, and a text', async () => {
    const names = async (query: Record<string, string>) =>
      (await running.call('GET /api/events', { query })).items.map(({ event }) => event)

    expect(await names({ user: 'userId:ada', search: 'step 3' })).toEqual(['Step 3'])
    expect(await names({ account: 'initech' })).toEqual(['Step 4', 'Step 3', 'Step 2'])
    expect(await names({ account: 'other' })).toEqual([])
    expect((await running.app.inject('/api/events?user=none')).statusCode).toBe(404)
  })

  it('hold the whole message on their own page', async () => {
    const [{ key }] = (await running.call('GET /api/events')).items
    const event = await running.call('GET /api/events/:key', { params: { key } })

    expect(event).toMatchObject({
      event: 'Step 4',
      user: { key: 'userId:ada', label: 'ada' },
      account: { key: 'initech', label: 'initech' },
      messageId: 't4',
      properties: { number: 4 },
      message: { type: 'track', userId: 'ada', context: { groupId: 'initech' } }
    })
  })
})

it.each([
  ['/api/users/none', 'User'],
  ['/api/accounts/none', 'Account'],
  ['/api/events/none', 'event']
])('%s responds with 404', async (url, what) => {
  const response = await running.app.inject(url)

  expect([response.statusCode, response.json()]).toEqual([
    404,
    { message: `This ${what} does not exist. It may have been deleted, or dropped to save memory.` }
  ])
})
