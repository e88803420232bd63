import { runInNewContext } from 'node:vm'
import { READY_API_KEY, READY_WRITE_KEY } from '../../src/console/server/starting-point'
import { basic } from '../http'
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

  it('shows a request that the source refused, with its reason, and can not send it again', async () => {
    const batch = [identify('m1'), { ...identify('m2'), traits: { text: 'x'.repeat(40_000) } }]
    const payload = { writeKey: READY_WRITE_KEY, batch }
    await running.app.inject({ method: 'POST', url: '/v1/batch', payload })
    const query = { source: 'source-1', outcome: 'refused', search: 'batch[1]' }
    const [refused] = (await running.call('GET /api/messages', { query })).items
    const { sentence, source, event } = await running.call('GET /api/messages/:id', { params: { id: refused.id } })

    expect(refused).toMatchObject({
      type: 'request',
      title: 'POST /v1/batch',
      outcome: 'refused',
      reason: 'batch[1] is larger than 32 KB'
    })
    expect([sentence, source?.id, event]).toEqual([
      'The source refused this request, so it received none of its messages: batch[1] is larger than 32 KB',
      'source-1',
      { type: 'request', method: 'POST', path: '/v1/batch' }
    ])
    const again = await running.app.inject({ method: 'POST', url: `/api/messages/${refused.id}/send` })
    const exported = await running.app.inject(`/api/messages/${refused.id}/export?format=curl`)
    expect([again.statusCode, exported.statusCode, exported.json()]).toEqual([
      409,
      409,
      { message: 'The source refused this request, so it has no message to send.' }
    ])
  })

  it('delivers the largest call that the source accepts, with what Segment adds', async () => {
    const call = { type: 'track', messageId: 'large', userId: 'u', event: 'E', timestamp: '2026-01-31T09:00:00Z' }
    const room = 32 * 1024 - JSON.stringify({ ...call, properties: { text: '' } }).length
    const message = await running.settled({ ...call, properties: { text: 'x'.repeat(room) } })

    expect(message.sentence).toBe('Delivered: Astrolabe recorded event E')
  })

  it('keeps its messages when a client sends many with an unknown write key', async () => {
    await running.settled(identify('mine'))
    const batch = Array.from({ length: 150 }, (_, number) => identify(`foreign${number}`))
    await running.app.inject({ method: 'POST', url: '/v1/batch', payload: { writeKey: 'unknown', batch } })
    await running.settled(identify('mine too'))
    const first = await running.call('GET /api/messages', { query: { limit: 101 } })
    const second = await running.call('GET /api/messages', { query: { after: first.next ?? '' } })

    const ids = first.items.map(({ messageId }) => messageId)
    expect([ids[0], ids[1], ids[100], first.total, first.dropped]).toEqual([
      'mine too',
      'foreign149',
      'foreign50',
      102,
      50
    ])
    expect([second.items.map(({ messageId }) => messageId), second.next]).toEqual([['mine'], undefined])
    await running.call('DELETE /api/messages')
    expect((await running.call('GET /api/messages')).total).toBe(0)
  })

  it('keeps the first changes of a message that Astrolabe receives again and again, and counts the others', async () => {
    await running.settled(identify('again'))
    const message = { type: 'identify', messageId: 'again', userId: 'user-again', traits: {} }
    await fetch(`${running.origin}/astrolabe/v1/batch`, {
      method: 'POST',
      headers: { authorization: basic(`${READY_API_KEY}:`), 'content-type': 'application/json' },
      body: JSON.stringify({ batch: Array.from({ length: 60 }, () => message) })
    })
    const { changes, omittedChanges } = await running.settled(identify('again'))

    expect(changes.map(({ kind }) => kind)).toEqual(['user', ...Array.from({ length: 49 }, () => 'duplicate')])
    expect(omittedChanges).toBe(11)
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

  it('gives hints on what differs from the documentation in a call that Segment accepts', async () => {
    const message = await running.settled({ type: 'page', messageId: 'csharp', userId: 'u', category: '' })
    const events = [{ type: 'page', userId: 'u', category: '' }]
    const test = { params: { id: 'destination-1' }, body: { events, as: 'single' as const } }
    const [id] = (await running.call('POST /api/destinations/:id/test', test)).ids
    const tested = await running.call('GET /api/messages/:id', { params: { id }, query: { wait: 20 } })

    expect([message.outcome, message.hints]).toEqual([
      'not subscribed',
      [expect.stringMatching(/^The category is empty/)]
    ])
    expect([tested.outcome, tested.hints]).toEqual([message.outcome, message.hints])
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
      text: `curl -u '${READY_WRITE_KEY}:' ${running.origin}/v1/track \\
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

const analytics = new Analytics({ writeKey: '${READY_WRITE_KEY}', host: '${running.origin}' })

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

  it.each(['track', 'custom'])('is Node code that keeps keys called __proto__ of a %s call', async (type) => {
    const properties: unknown = JSON.parse('{"__proto__":{"text":"\\n\\"__proto__\\": 1"},"list":[{"__proto__":1}]}')
    const { id } = await running.settled({ ...track, type, properties })
    const { text } = await running.call('GET /api/messages/:id/export', { params: { id }, query: { format: 'node' } })
    const [, literal] = /"properties": ([^]*?\n +\]\n +\})/.exec(text) ?? []

    expect(JSON.stringify(runInNewContext(`(${literal})`))).toBe(JSON.stringify(properties))
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

  it.each(['curl', 'node', 'fixture'] as const)('holds no API key as %s', async (format) => {
    const { id } = await running.settled(track)
    const { text } = await running.call('GET /api/messages/:id/export', { params: { id }, query: { format } })

    for (const key of [READY_API_KEY, btoa(`${READY_API_KEY}:`)]) {
      expect(text).not.toContain(key)
    }
  })

  it('has no other format', async () => {
    await running.settled(track)
    expect((await running.app.inject('/api/messages/1/export?format=xml')).statusCode).toBe(400)
    expect((await running.app.inject('/api/messages/9/export?format=curl')).statusCode).toBe(404)
  })
})
