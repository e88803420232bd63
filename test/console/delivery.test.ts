import { runConsole } from './running-console'
import type { RunningConsole } from './running-console'

let running: RunningConsole

beforeAll(async () => {
  running = await runConsole()
})

afterAll(() => running.app.close())

const outcomeOf: RunningConsole['settled'] = (call) => running.settled(call)

describe('a message from the call to the User', () => {
  it('is delivered, and tells what Astrolabe changed', async () => {
    const message = await outcomeOf({
      type: 'identify',
      messageId: 'delivered-1',
      userId: 'userId123',
      traits: { email: 'john.doe@example.com', plan: null }
    })

    expect(message.sentence).toBe('Delivered: Astrolabe created User userId123 with 2 traits')
    expect(message.changes).toEqual([
      { kind: 'user', key: 'userId:userId123', label: 'userId123', isNew: true, traits: ['email', 'plan'] }
    ])
    const [{ mappings }] = message.deliveries
    expect(mappings.map(({ name, matches, outcome }) => [name, matches, outcome])).toEqual([
      ['Identify User', 'yes', 'delivered'],
      ['Group Account', 'no', 'not subscribed'],
      ['Track Event', 'no', 'not subscribed']
    ])
    expect(mappings[0].attempts).toEqual([
      expect.objectContaining({
        request: expect.objectContaining({
          url: `${running.origin}/astrolabe/v1/events`,
          body: expect.objectContaining({ userId: 'userId123', messageId: 'delivered-1' })
        }),
        response: expect.objectContaining({ status: 200, body: {} })
      })
    ])
    expect(JSON.stringify(message)).not.toContain('local-api-key')

    const user = await running.call('GET /api/users/:key', { params: { key: 'userId:userId123' } })
    expect(user.traitValues).toEqual({ email: 'john.doe@example.com', plan: null })
    expect(user.history.entries).toEqual([
      {
        at: expect.any(String),
        messageId: 'delivered-1',
        id: message.id,
        traits: [
          { name: 'email', value: 'john.doe@example.com' },
          { name: 'plan', value: null }
        ],
        note: 'created'
      }
    ])
  })

  it('associates a User with an Account, and is found on both pages', async () => {
    await outcomeOf({ type: 'group', messageId: 'group-1', userId: 'u2', groupId: 'a/b', traits: { name: 'Initech' } })
    await outcomeOf({
      type: 'track',
      messageId: 'track-1',
      userId: 'u2',
      event: 'Report Exported',
      context: { groupId: 'a/b' }
    })

    const account = await running.call('GET /api/accounts/:key', { params: { key: 'a/b' } })
    expect(account).toMatchObject({ name: 'Initech', members: [{ key: 'userId:u2', label: 'u2' }] })
    expect(account.recentEvents.map(({ event }) => event)).toEqual(['Report Exported'])

    const events = await running.call('GET /api/events', { query: { user: 'userId:u2' } })
    expect(events.items).toEqual([
      expect.objectContaining({ event: 'Report Exported', account: { key: 'a/b', label: 'a/b' }, messageId: 'track-1' })
    ])
  })

  it('is filtered by its integrations object', async () => {
    const message = await outcomeOf({
      type: 'track',
      messageId: 'filtered-1',
      userId: 'u1',
      event: 'Password Changed',
      integrations: { All: false }
    })

    expect(message).toMatchObject({ outcome: 'filtered', sentence: 'Filtered: integrations.All is false' })
  })

  it('matches no mapping if it is a page call', async () => {
    const message = await outcomeOf({ type: 'page', messageId: 'page-1', userId: 'u1', name: 'Home' })

    expect(message.outcome).toBe('not subscribed')
    expect(message.sentence).toMatch(/^No mapping matches: /)
  })

  it('is dropped by Segment without an ID of a User', async () => {
    const message = await outcomeOf({ type: 'track', messageId: 'dropped-1', event: 'Lost' })

    expect(message.outcome).toBe('dropped')
    expect(message.sentence).toMatch(/^Dropped by Segment: /)
    expect(message.deliveries).toEqual([])
  })

  it('says that Astrolabe knows it already if it is sent again', async () => {
    const { id } = await outcomeOf({ type: 'identify', messageId: 'again-1', userId: 'u3', traits: { plan: 'pro' } })
    const { ids } = await running.call('POST /api/messages/:id/send', { params: { id } })
    const again = await running.call('GET /api/messages/:id', { params: { id: ids[0] }, query: { wait: 20 } })

    expect(again).toMatchObject({
      origin: 'sent again',
      sentence: 'Delivered: Astrolabe has received this message before, so nothing changed'
    })
  })
})

describe('a message that Astrolabe does not accept', () => {
  afterEach(() => running.call('PUT /api/faults', { body: { active: [] } }))

  it('is rejected with its reason, which the delivery overview counts', async () => {
    await running.call('PUT /api/faults', { body: { active: ['status=400,times=1'] } })
    const message = await outcomeOf({ type: 'identify', messageId: 'rejected-1', userId: 'u1' })

    expect(message.outcome).toBe('rejected')
    const overview = await running.call('GET /api/destinations/:id/delivery', { params: { id: 'destination-1' } })
    expect(overview.totals.rejected).toBe(1)
    expect(overview.reasons).toContainEqual(
      expect.objectContaining({
        outcome: 'rejected',
        status: 400,
        count: 1,
        samples: [expect.objectContaining({ messageId: 'rejected-1' })]
      })
    )
  })

  it('waits for its next attempt, and is delivered', async () => {
    await running.call('PUT /api/faults', { body: { active: ['status=503,times=1'] } })
    const message = await outcomeOf({ type: 'identify', messageId: 'retried-1', userId: 'u1' })

    expect(message).toMatchObject({ outcome: 'delivered', attempts: 2 })
    const [first, second] = message.deliveries[0].mappings[0].attempts
    expect(first).toMatchObject({ response: { status: 503 }, wait: expect.any(Number) })
    expect(second).toMatchObject({ response: { status: 200 } })
  })
})

describe('the Test page', () => {
  it('previews each mapping without sending', async () => {
    const preview = await running.call('POST /api/destinations/:id/preview', {
      params: { id: 'destination-1' },
      body: { event: { type: 'identify', userId: 'preview-1' } }
    })

    expect(preview.sentence).toBe('1 of 3 mappings match')
    expect(preview.mappings[0]).toMatchObject({
      mappingId: 'mapping-1',
      matches: 'yes',
      payload: { user_id: 'preview-1' },
      request: { method: 'POST', body: { type: 'identify', userId: 'preview-1' } }
    })
    const users = await running.call('GET /api/users', { query: { search: 'preview-1' } })
    expect(users.items).toEqual([])
  })

  it('sends several events as one batch, with a result for each', async () => {
    const { ids } = await running.call('POST /api/destinations/:id/test', {
      params: { id: 'destination-1' },
      body: {
        events: [
          { type: 'identify', userId: 'b1' },
          { type: 'identify', userId: 'b2', traits: { note: 'x'.repeat(37 * 1024) } }
        ],
        as: 'batch'
      }
    })
    const messages = await Promise.all(
      ids.map((id) => running.call('GET /api/messages/:id', { params: { id }, query: { wait: 20 } }))
    )

    expect(messages.map(({ outcome }) => outcome)).toEqual(['delivered', 'rejected'])
    expect(messages.map(({ deliveries }) => deliveries[0].mappings[0].batch)).toEqual([
      { index: 0, size: 2 },
      { index: 1, size: 2 }
    ])
  })
})

describe('Engage', () => {
  it('sends an identify call for each User who joins, and one for each who leaves', async () => {
    await outcomeOf({ type: 'track', messageId: 'order-1', userId: 'buyer', event: 'Order Completed' })
    const audience = await running.call('POST /api/engage/audiences', {
      body: {
        name: 'Order Completed Last 30days',
        event: 'Order Completed',
        atLeast: 1,
        withinDays: 30,
        destinationIds: ['destination-1']
      }
    })
    expect(audience).toMatchObject({ key: 'order_completed_last_30days', members: ['buyer'] })

    const valueAfter = async (date: string | null) => {
      await running.call('PUT /api/engage/reference-date', { body: { date } })
      const { messageIds } = await running.call('POST /api/engage/sync')
      await Promise.all(
        messageIds.map((id) => running.call('GET /api/messages/:id', { params: { id }, query: { wait: 20 } }))
      )
      const { traitValues } = await running.call('GET /api/users/:key', { params: { key: 'userId:buyer' } })
      return [messageIds.length, traitValues.order_completed_last_30days]
    }

    expect(await valueAfter(null)).toEqual([1, true])
    expect(await valueAfter(new Date(Date.now() + 31 * 86_400_000).toISOString())).toEqual([1, false])
  })
})
