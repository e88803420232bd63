import { READY_API_KEY, READY_WRITE_KEY } from '../../src/console/server/starting-point'
import { runConsole } from './running-console'
import type { RunningConsole } from './running-console'

let running: RunningConsole

beforeEach(async () => {
  running = await runConsole({ start: 'ready', keep: 3 })
})

afterEach(() => running.app.close())

const identify = (messageId: string) => ({ type: 'identify', messageId, userId: `user-${messageId}` })

describe('the debugger', () => {
  it('lists messages page by page, the newest first', async () => {
    for (const id of ['m1', 'm2', 'm3']) {
      await running.settled(identify(id))
    }
    const first = await running.call('GET /api/messages', { query: { limit: 2 } })

    expect(first).toEqual({
      items: [
        {
          id: '3',
          messageId: 'm3',
          sourceId: 'source-1',
          receivedAt: expect.stringMatching(/Z$/),
          origin: 'client',
          type: 'identify',
          title: 'user-m3',
          user: 'user-m3',
          outcome: 'delivered',
          attempts: 1
        },
        expect.objectContaining({ messageId: 'm2' })
      ],
      matching: 3,
      total: 3,
      next: '2',
      dropped: 0
    })
    const second = await running.call('GET /api/messages', { query: { limit: 2, after: first.next ?? '' } })
    expect([second.items.map(({ messageId }) => messageId), second.next]).toEqual([['m1'], undefined])
  })

  it('says how many it dropped to save memory', async () => {
    for (const id of ['m1', 'm2', 'm3', 'm4', 'm5']) {
      await running.settled(identify(id))
    }
    const { items, total, dropped } = await running.call('GET /api/messages')

    expect([items.map(({ messageId }) => messageId), total, dropped]).toEqual([['m5', 'm4', 'm3'], 3, 2])
    const gone = await running.app.inject('/api/messages/by-message-id/m1')
    expect([gone.statusCode, gone.json()]).toEqual([
      404,
      { message: 'This message does not exist. It may have been deleted, or dropped to save memory.' }
    ])
  })

  it.each([
    [{ search: 'REPORT' }, ['report']],
    [{ type: 'identify' }, ['ada']],
    [{ outcome: 'dropped' }, ['lost']],
    [{ outcome: 'delivered', type: 'track' }, ['report']],
    [{ source: 'source-9' }, []],
    [{ destination: 'destination-1' }, ['report', 'ada']],
    [{ messageId: 'ada' }, ['ada']]
  ])('filters by %j', async (query, expected) => {
    await running.settled({ type: 'identify', messageId: 'ada', userId: 'ada' })
    await running.settled({ type: 'track', messageId: 'report', userId: 'ada', event: 'Report Exported' })
    await running.settled({ type: 'track', messageId: 'lost', event: 'Lost' })
    const { items } = await running.call('GET /api/messages', { query })

    expect(items.map(({ messageId }) => messageId)).toEqual(expected)
  })

  it.each(['limit=0', 'limit=201', 'after=x', 'outcome=lost'])('rejects the query %s', async (query) => {
    expect((await running.app.inject(`/api/messages?${query}`)).statusCode).toBe(400)
  })

  it('shows a message that is sent twice as a duplicate, which Segment drops', async () => {
    await running.settled(identify('twice'))
    await running.track(identify('twice'))
    const { items } = await running.call('GET /api/messages', { query: { messageId: 'twice' } })

    expect(items.map(({ outcome }) => outcome)).toEqual(['dropped', 'delivered'])
    expect(items[0].reason).toMatch(/duplicate|before/i)
  })

  it('is emptied on demand', async () => {
    await running.settled(identify('m1'))
    await running.call('DELETE /api/messages')

    expect(await running.call('GET /api/messages')).toEqual({ items: [], matching: 0, total: 0, dropped: 0 })
  })

  it('says in a message that no destination is connected', async () => {
    await running.call('DELETE /api/destinations/:id', { params: { id: 'destination-1' } })
    const message = await running.settled(identify('m1'))

    expect(message).toMatchObject({
      outcome: 'no destination',
      sentence: 'Received: no enabled destination is connected to this source',
      deliveries: []
    })
  })

  it('responds to those who wait when the console stops', async () => {
    const waiting = running.app.inject('/api/messages/by-message-id/never?wait=60')
    await running.call('GET /api/status')
    await running.app.close()

    expect((await waiting).statusCode).toBe(404)
  })

  it('responds with what it has when the wait is over', async () => {
    await running.call('PUT /api/faults', { body: { active: ['stall=header'] } })
    await running.track(identify('slow'))
    const message = await running.call('GET /api/messages/by-message-id/:messageId', {
      params: { messageId: 'slow' },
      query: { wait: 0.05 }
    })

    expect([message.outcome, message.sentence]).toEqual(['pending', 'Pending: it is on its way to Astrolabe'])
  })

  it('gives hints on mistakes, and says which type each mapping expects', async () => {
    const message = await running.settled({ type: 'Track', messageId: 'miscased', userId: 'u', event: 'E' })
    const [{ hints, mappings }] = message.deliveries

    expect(message.sentence).toBe('No mapping matches: type is "Track", did you mean "track"?')
    expect(hints).toEqual(['"Track" is not "track": types are lower case.'])
    expect(mappings.map(({ matches, mismatch }) => [matches, mismatch])).toEqual([
      ['no', 'type is "Track", not "identify"'],
      ['no', 'type is "Track", not "group"'],
      ['no', 'type is "Track", did you mean "track"?']
    ])
  })
})

describe('an export', () => {
  const track = {
    type: 'track',
    messageId: 'exported',
    userId: "o'hara",
    event: 'Order "Completed"',
    properties: { total: 3.5 }
  }

  it('is a curl command that sends the same call', async () => {
    const { id } = await running.settled(track)
    expect(await running.call('GET /api/messages/:id/export', { params: { id }, query: { format: 'curl' } })).toEqual({
      format: 'curl',
      language: 'bash',
      fileName: 'message-1.sh',
      text: `curl -u "$WRITE_KEY:" ${running.origin}/v1/track \\
  -H 'content-type: application/json' \\
  -d '{
  "userId": "o'\\''hara",
  "event": "Order \\"Completed\\"",
  "properties": {
    "total": 3.5
  }
}'
`
    })
  })

  it('is Node code that sends the same call', async () => {
    const { id } = await running.settled(track)
    const { text } = await running.call('GET /api/messages/:id/export', { params: { id }, query: { format: 'node' } })

    expect(text).toBe(`import { Analytics } from '@segment/analytics-node'

const analytics = new Analytics({ writeKey: process.env.WRITE_KEY, host: '${running.origin}' })

analytics.track({
  "userId": "o'hara",
  "event": "Order \\"Completed\\"",
  "properties": {
    "total": 3.5
  }
})
await analytics.closeAndFlush()
`)
  })

  it('sends a type without a method of its own as a batch', async () => {
    const { id } = await running.settled({ type: 'custom', messageId: 'custom', userId: 'u' })
    const texts = await Promise.all(
      (['curl', 'node'] as const).map(
        async (format) =>
          (await running.call('GET /api/messages/:id/export', { params: { id }, query: { format } })).text
      )
    )

    expect(texts[0]).toContain(`${running.origin}/v1/batch`)
    expect(texts[1]).toContain(`await fetch('${running.origin}/v1/batch', {`)
  })

  it('is a fixture with the event, the message and the response', async () => {
    await running.call('PUT /api/faults', { body: { active: ['status=400,times=1'] } })
    const { id } = await running.settled(track)
    const { text } = await running.call('GET /api/messages/:id/export', {
      params: { id },
      query: { format: 'fixture' }
    })

    expect(JSON.parse(text)).toEqual([
      {
        title: 'sends "track" as the console did',
        event: expect.objectContaining(track),
        message: expect.objectContaining({ type: 'track', userId: "o'hara", event: 'Order "Completed"' }),
        response: { status: 400, message: expect.any(String) },
        error: { status: 400, message: expect.any(String) }
      }
    ])
  })

  it.each(['curl', 'node', 'fixture'] as const)('holds no key as %s', async (format) => {
    const { id } = await running.settled(track)
    const { text } = await running.call('GET /api/messages/:id/export', { params: { id }, query: { format } })

    for (const key of [READY_API_KEY, READY_WRITE_KEY, btoa(`${READY_API_KEY}:`), btoa(`${READY_WRITE_KEY}:`)]) {
      expect(text).not.toContain(key)
    }
  })

  it('has no other format', async () => {
    await running.settled(track)
    expect((await running.app.inject('/api/messages/1/export?format=xml')).statusCode).toBe(400)
    expect((await running.app.inject('/api/messages/9/export?format=curl')).statusCode).toBe(404)
  })
})
