import { runConsole } from './running-console'
import type { RunningConsole } from './running-console'

const DAY = 86_400_000
let running: RunningConsole

beforeEach(async () => {
  running = await runConsole()
})

afterEach(() => running.app.close())

const audience = { name: 'Big Spenders', event: 'Order', atLeast: 1, withinDays: 30, destinationIds: ['destination-1'] }
const order = (messageId: string, total: number) =>
  running.settled({ type: 'track', messageId, userId: 'ada', event: 'Order', properties: { total } })

describe('an audience', () => {
  it('has the snake_cased name as its key, and says who will join', async () => {
    await order('o1', 1)

    expect(await running.call('POST /api/engage/audiences', { body: audience })).toEqual({
      ...audience,
      id: expect.any(String),
      key: 'big_spenders',
      size: 1,
      members: ['ada'],
      pending: { joined: 1, left: 0 }
    })
  })

  it('sends a call for each User who joined, then none, then one for each who left', async () => {
    await order('o1', 1)
    await running.call('POST /api/engage/audiences', { body: audience })

    const first = await running.call('POST /api/engage/sync')
    expect(first.calls).toEqual([{ name: 'Big Spenders', key: 'big_spenders', count: 1, joined: ['ada'], left: [] }])
    const joined = await running.call('GET /api/messages/:id', {
      params: { id: first.messageIds[0] },
      query: { wait: 20 }
    })
    expect(joined).toMatchObject({
      origin: 'engage',
      outcome: 'delivered',
      event: {
        type: 'identify',
        userId: 'ada',
        traits: { big_spenders: true },
        context: { personas: { computation_class: 'audience', computation_key: 'big_spenders' } },
        integrations: { All: false, Astrolabe: true }
      }
    })
    expect((await running.call('POST /api/engage/sync')).messageIds).toEqual([])

    const date = new Date(Date.now() + 31 * DAY).toISOString()
    const moved = await running.call('PUT /api/engage/reference-date', { body: { date } })
    expect(moved).toMatchObject({ referenceDate: date, isReferenceDateMoved: true })
    expect(moved.audiences[0]).toMatchObject({ size: 0, pending: { joined: 0, left: 1 } })

    const { messageIds } = await running.call('POST /api/engage/sync')
    const left = await running.call('GET /api/messages/:id', { params: { id: messageIds[0] }, query: { wait: 20 } })
    expect(left.event.traits).toEqual({ big_spenders: false })
    const { syncs } = await running.call('PUT /api/engage/reference-date', { body: { date: null } })
    expect(syncs).toHaveLength(3)
  })

  it('is not added twice under one key', async () => {
    await running.call('POST /api/engage/audiences', { body: audience })
    const again = await running.app.inject({ method: 'POST', url: '/api/engage/audiences', payload: audience })

    expect([again.statusCode, again.json()]).toEqual([
      409,
      { message: 'The key "big_spenders" is in use: choose another name.' }
    ])
  })

  it.each([{ atLeast: 0 }, { withinDays: 0 }, { name: ' ' }, { event: '' }])(
    'is not added with %j',
    async (mistake) => {
      const payload = { ...audience, ...mistake }

      expect((await running.app.inject({ method: 'POST', url: '/api/engage/audiences', payload })).statusCode).toBe(400)
    }
  )

  it('is deleted', async () => {
    const { id } = await running.call('POST /api/engage/audiences', { body: audience })
    await running.call('DELETE /api/engage/audiences/:id', { params: { id } })

    expect((await running.call('GET /api/engage')).audiences).toEqual([])
  })
})

describe('a computed trait', () => {
  const trait = { name: 'Last Total', event: 'Order', destinationIds: ['destination-1'] }

  it('is the count of an event, or the last value of a property', async () => {
    await order('o1', 1)
    await order('o2', 7)
    const count = await running.call('POST /api/engage/computed-traits', {
      body: { ...trait, name: 'Orders', kind: 'count' }
    })
    const last = await running.call('POST /api/engage/computed-traits', {
      body: { ...trait, kind: 'last value', property: 'total' }
    })
    expect(count).toMatchObject({ key: 'orders', values: [{ user: 'ada', value: 2 }], size: 1, pending: 1 })
    expect(last).toMatchObject({ key: 'last_total', values: [{ user: 'ada', value: 7 }], property: 'total' })

    const { messageIds } = await running.call('POST /api/engage/sync')
    for (const id of messageIds) {
      await running.call('GET /api/messages/:id', { params: { id }, query: { wait: 20 } })
    }
    const { traitValues } = await running.call('GET /api/users/:key', { params: { key: 'userId:ada' } })
    expect(traitValues).toEqual({ orders: 2, last_total: 7 })
  })

  it('needs a property for its last value', async () => {
    const payload = { ...trait, kind: 'last value' }
    const response = await running.app.inject({ method: 'POST', url: '/api/engage/computed-traits', payload })

    expect(response.statusCode).toBe(400)
    expect(response.json()).toMatchObject({ fields: [{ field: 'property' }] })
  })

  it('is deleted', async () => {
    const { id } = await running.call('POST /api/engage/computed-traits', { body: { ...trait, kind: 'count' } })
    await running.call('DELETE /api/engage/computed-traits/:id', { params: { id } })

    expect((await running.call('GET /api/engage')).computedTraits).toEqual([])
  })
})

it('rejects a reference date that is none', async () => {
  const payload = { date: 'tomorrow' }

  expect((await running.app.inject({ method: 'PUT', url: '/api/engage/reference-date', payload })).statusCode).toBe(400)
})
