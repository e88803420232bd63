import { MultiStatusResponse } from '@segment/actions-core'
import type { SegmentEvent } from '@segment/actions-core'
import nock from 'nock'
import { createRuntime } from '../../src/runtime'
import type { AttemptResult } from '../../src/runtime'
import { stubNetwork } from '../stubbed-network'
import { HOST, idOf, records, settings } from './records-destination'

const track = (userId: unknown, more: object = {}) => ({ type: 'track', userId, ...more }) as SegmentEvent
const runtime = (definition = records()) => createRuntime({ definition, settings })

/** The results under the first mapping, `Add`. */
const added = async (events: SegmentEvent[], definition = records()) =>
  (await runtime(definition).attemptBatch(events, [0])).map(([result]) => result)

const delivered: AttemptResult = { mapping: 0, outcome: 'delivered', scope: 'event' }

stubNetwork()

describe('an attempt for many events', () => {
  it('sends one request for each mapping, and gives each event its result under each mapping', async () => {
    const users = nock(HOST)
      .post('/many', [{ id: 'a' }, { id: 'b' }])
      .reply(200, [200, 400])
    const messages = nock(HOST)
      .post('/many', [{ id: 'm1' }, { id: 'm2' }])
      .reply(200, [503, 200])
    const subscriptions = ['$.userId', '$.messageId'].map((path) => ({
      partnerAction: 'add',
      subscribe: 'type = "track"',
      mapping: idOf(path)
    }))
    const target = createRuntime({ definition: records(), settings, subscriptions })

    const events = [track('a', { messageId: 'm1' }), track('b', { messageId: 'm2' })]
    const results = await target.attemptBatch(events, [0, 1])

    expect(results.map((result) => result.map(({ mapping, outcome }) => [mapping, outcome]))).toEqual([
      [
        [0, 'delivered'],
        [1, 'retryable']
      ],
      [
        [0, 'rejected'],
        [1, 'delivered']
      ]
    ])
    expect([users.isDone(), messages.isDone()]).toEqual([true, true])
  })

  it('keeps each result with its event, past events that are rejected before they are sent', async () => {
    nock(HOST)
      .post('/many', [{ id: 'a' }, { id: 'c' }, { id: 'd' }])
      .reply(200, [200, 400, 503], { 'Retry-After': '7' })

    expect(await added([track('a'), track({ not: 'an id' }), track('c'), track('d')])).toEqual([
      delivered,
      {
        mapping: 0,
        outcome: 'rejected',
        reason: 'ID must be a string but it was an object.',
        status: 400,
        scope: 'event'
      },
      { mapping: 0, outcome: 'rejected', reason: 'Not c', status: 400, scope: 'event' },
      { mapping: 0, outcome: 'retryable', reason: 'Not d', status: 503, scope: 'event', retryAfter: 7000 }
    ])
  })

  it('adds hints to the reason of an event that is rejected', async () => {
    nock(HOST).post('/many').reply(200, [400, 413, 422, 503, 200])

    const results = await added(['a', 'b', 'c', 'd', 'e'].map((userId) => track(userId, { groupId: 'g' })))

    expect(results.map(({ reason }) => reason)).toEqual([
      'Not a. "groupId" at the root of a track call names no account: write "context.groupId".',
      'Not b',
      'Not c. "groupId" at the root of a track call names no account: write "context.groupId".',
      'Not d',
      undefined
    ])
  })

  it.each([199, 300])('counts an event with the status %d as rejected', async (status) => {
    nock(HOST).post('/many').reply(200, [status])

    expect(await added([track('a')])).toMatchObject([{ outcome: 'rejected', status }])
  })

  it('says that a reason comes from the response if the event was sent, because it may quote the event', async () => {
    const performBatch = () => {
      const results = new MultiStatusResponse()
      results.setErrorResponseAtIndex(0, { status: 400, errormessage: 'Bad a', sent: {}, body: {} })
      results.setErrorResponseAtIndex(1, { status: 400, errormessage: 'No ID' })
      return results
    }

    expect(await added([track('a'), track('b')], records({ performBatch }))).toEqual([
      { mapping: 0, outcome: 'rejected', reason: 'Bad a', reasonFrom: 'response', status: 400, scope: 'event' },
      { mapping: 0, outcome: 'rejected', reason: 'No ID', status: 400, scope: 'event' }
    ])
  })

  it('rejects all events if their mapping has a problem, and says so', async () => {
    const subscriptions = [{ partnerAction: 'add', subscribe: 'nonsense' }]
    const target = createRuntime({ definition: records(), settings, subscriptions })
    const rejected = {
      mapping: 0,
      outcome: 'rejected',
      reason: 'The trigger of the mapping "add" can\'t be read: nonsense. Write it like type = "track".',
      scope: 'event'
    }

    expect(await target.attemptBatch([track('a'), track('b')], [0])).toEqual([[rejected], [rejected]])
  })

  it('counts nothing as delivered if the results are too few', async () => {
    nock(HOST).post('/many').reply(200, [200])

    expect((await added([track('a'), track('b')])).map(({ outcome }) => outcome)).toEqual(['delivered', 'retryable'])
  })

  it('counts nothing as delivered if the action gives no results', async () => {
    const [result] = await added([track('a')], records({ performBatch: () => Promise.resolve() }))

    expect(result).toEqual({
      mapping: 0,
      outcome: 'rejected',
      reason: 'The destination gave no result for each event of the batch, so that none counts as delivered.',
      scope: 'request'
    })
  })

  it('tells an error of the whole request from one of an event', async () => {
    nock(HOST).post('/many').reply(404)

    expect(await added([track('a')])).toEqual([
      { mapping: 0, outcome: 'rejected', reason: 'Not Found', reasonFrom: 'response', status: 404, scope: 'request' }
    ])
  })

  it('carries the code of a network error and how long the response asks to wait', async () => {
    nock(HOST)
      .post('/many')
      .replyWithError(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }))
      .post('/many')
      .reply(429, '', { 'Retry-After': '3' })

    expect((await added([track('a')]))[0]).toMatchObject({ outcome: 'retryable', errorCode: 'ECONNREFUSED' })
    expect((await added([track('a')]))[0]).toMatchObject({ outcome: 'retryable', status: 429, retryAfter: 3000 })
  })

  it('sends events one by one if the action does not support batches', async () => {
    nock(HOST).post('/one', { id: 'a' }).reply(200).post('/one', { id: 'b' }).reply(400)

    expect(await added([track('a'), track('b')], records({ performBatch: undefined }))).toEqual([
      delivered,
      { mapping: 0, outcome: 'rejected', reason: 'Bad Request', reasonFrom: 'response', status: 400, scope: 'request' }
    ])
  })

  it.each([
    ['a context that is null', { context: null }],
    ['a context.personas that is null', { context: { personas: null } }]
  ])('sends an event with %s, which would break the framework', async (_what, event) => {
    nock(HOST).post('/many').reply(200, [200, 200])

    expect(await added([track('a', event), track('b')])).toEqual([delivered, delivered])
  })

  it('keeps the rest of a context whose personas are null', async () => {
    const request = nock(HOST)
      .post('/many', [{ id: 'web' }])
      .reply(200, [200])
    const subscriptions = [{ partnerAction: 'add', subscribe: 'type = "track"', mapping: idOf('$.context.channel') }]
    const target = createRuntime({ definition: records(), settings, subscriptions })

    await target.attemptBatch([track('a', { context: { personas: null, channel: 'web' } })], [0])

    expect(request.isDone()).toBe(true)
  })

  it('rejects an event that breaks its mapping, and sends the others', async () => {
    nock(HOST)
      .persist()
      .post('/many')
      .reply(200, (_path, body) => (body as unknown[]).map(() => 200))
    const subscriptions = [
      { partnerAction: 'add', subscribe: 'type = "track"', mapping: { id: { '@template': { '@path': '$.userId' } } } }
    ]
    const events = [track('a'), track('b'), track(3), track('d'), track('e')]

    const results = await createRuntime({ definition: records(), settings, subscriptions }).attemptBatch(events, [0])

    expect(results.flat()).toEqual([
      delivered,
      delivered,
      {
        mapping: 0,
        outcome: 'rejected',
        reason: '@template: expected string, got number',
        scope: 'event'
      },
      delivered,
      delivered
    ])
  })

  it('keeps the responses of concurrent batches apart', async () => {
    nock(HOST)
      .persist()
      .post('/many')
      .reply(429, '', { 'Retry-After': '1' })
      .post('/one')
      .delay(20)
      .reply(429, '', { 'Retry-After': '2' })
    const target = runtime()

    const [[[many]], [one]] = await Promise.all([
      target.attemptBatch([track('a')], [0]),
      target.attempt(track('b'), [0])
    ])

    expect([many.retryAfter, one.retryAfter]).toEqual([1000, 2000])
  })
})

describe('an event that is nested deeper than the framework can take', () => {
  const deep = track('deep', { properties: JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`) as unknown })
  const reason = 'The event is nested deeper than 1,000 levels.'
  const rejected: AttemptResult = { mapping: 0, outcome: 'rejected', reason, scope: 'event' }

  it('is rejected on its own, and the others of its batch are sent in one request', async () => {
    nock(HOST)
      .post('/many', [{ id: 'a' }, { id: 'b' }])
      .reply(200, [200, 503])

    expect(await added([deep, track('a'), deep, track('b')])).toEqual([
      rejected,
      delivered,
      rejected,
      expect.objectContaining({ outcome: 'retryable' })
    ])
  })

  it('is rejected in an attempt of its own, and in a preview', async () => {
    expect(await runtime().attempt(deep, [0])).toEqual([rejected])
    expect((await runtime().preview(deep)).mappings[0]).toMatchObject({ outcome: 'rejected', reason })
  })
})
