import type { RequestClient, SegmentEvent } from '@segment/actions-core'
import nock from 'nock'
import { createRuntime, createTrace } from '../../src/runtime'
import type { RuntimeOptions } from '../../src/runtime'
import { stubNetwork } from '../stubbed-network'
import { attempt, HOST, idOf, records, settings } from './records-destination'
import type { Settings } from './records-destination'

const track: SegmentEvent = { type: 'track', event: 'e', userId: 'u' }
const runtime = (options: Partial<RuntimeOptions<Settings>> = {}) =>
  createRuntime({ definition: records(), settings, ...options })

const headers = {
  authorization: 'Basic [secret]',
  'content-type': 'application/json',
  'user-agent': 'Segment (Actions)'
}
const request = { method: 'POST', url: `${HOST}/one`, headers, body: { id: 'u' } }
const attempted = { startedAt: expect.any(String), duration: expect.any(Number) }
const skipped = { name: 'Name', action: 'name', trigger: 'type = "identify"', matches: 'no', outcome: 'not subscribed' }

async function traced(event: SegmentEvent, target = runtime(), trace = createTrace()) {
  await attempt(target, event, trace)
  return trace
}

stubNetwork()

describe('the trace of an event', () => {
  it('holds the decision, the triggers, the payload, and each request as it is sent', async () => {
    let sent: unknown
    nock(HOST)
      .post('/one')
      .reply(function (_uri, body) {
        sent = [this.req.headers['user-agent'], this.req.headers['content-type'], body]
        return [200, { ok: true }, { 'Content-Type': 'application/json' }]
      })

    const trace = await traced({ ...track, integrations: { All: true } })

    expect(trace).toEqual({
      integrations: { isEnabled: true, decidedBy: 'integrations.All is true' },
      hints: [],
      mappings: [
        {
          name: 'Add',
          action: 'add',
          trigger: 'type = "track"',
          matches: 'yes',
          payload: { id: 'u' },
          outcome: 'delivered',
          attempts: [
            {
              ...attempted,
              request,
              response: { status: 200, headers: { 'content-type': 'application/json' }, body: { ok: true } }
            }
          ]
        },
        { ...skipped, attempts: [] }
      ]
    })
    expect(sent).toEqual([headers['user-agent'], headers['content-type'], request.body])
  })

  it('holds every attempt and its error', async () => {
    nock(HOST)
      .post('/one')
      .replyWithError(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }))
      .post('/one')
      .reply(429, 'slow down', { 'Retry-After': '7' })
      .post('/one')
      .reply(200)

    const [target, trace] = [runtime(), createTrace()]

    const { mappings } = target.route(track, trace)

    await target.attempt(track, mappings, trace)
    await target.attempt(track, mappings, trace)
    await target.attempt(track, mappings, trace)
    const [{ attempts, outcome }] = trace.mappings

    expect(outcome).toBe('delivered')
    expect(attempts).toEqual([
      {
        ...attempted,
        request,
        error: { code: 'ECONNRESET', message: `request to ${HOST}/one failed, reason: socket hang up` }
      },
      {
        ...attempted,
        request,
        response: { status: 429, headers: { 'retry-after': '7' }, body: 'slow down' },
        error: { status: 429, message: 'Too Many Requests' }
      },
      { ...attempted, request, response: { status: 200, headers: {}, body: '' } }
    ])
  })

  it('says how far an event came that is filtered or has an unreadable trigger', async () => {
    const subscriptions = [{ partnerAction: 'add', subscribe: 'nonsense' }]
    const filtered = await traced({ ...track, integrations: { Records: false } })
    const unreadable = await traced(track, runtime({ subscriptions }))

    expect(filtered.mappings.map(({ matches, outcome }) => [matches, outcome])).toEqual([
      ['yes', 'filtered'],
      ['no', 'filtered']
    ])
    expect(unreadable.mappings[0]).toEqual({
      name: 'add',
      action: 'add',
      trigger: 'nonsense',
      matches: 'error',
      reason: 'The trigger of the mapping "add" can\'t be read: nonsense. Write it like type = "track".',
      outcome: 'rejected',
      attempts: []
    })
  })

  it('holds the mapped payload of an event that is rejected before anything is sent', async () => {
    const subscriptions = [{ partnerAction: 'add', subscribe: 'type = "track"', mapping: idOf('$.context') }]

    const [mapping] = (await traced({ ...track, context: { a: 1 } }, runtime({ subscriptions }))).mappings

    expect(mapping).toMatchObject({ outcome: 'rejected', payload: { id: { a: 1 } } })
    expect(mapping.attempts).toEqual([
      { ...attempted, error: { status: 400, message: 'ID must be a string but it was an object.' } }
    ])
  })

  it('holds no payload of an event that breaks its mapping', async () => {
    const mapping = { id: { '@template': { '@path': '$.userId' } } }
    const subscriptions = [{ partnerAction: 'add', subscribe: 'type = "track"', mapping }]
    const event = { ...track, userId: 3 } as unknown as SegmentEvent

    const [{ payload, outcome, reason }] = (await traced(event, runtime({ subscriptions }))).mappings

    expect([payload, outcome, reason]).toEqual([undefined, 'rejected', '@template: expected string, got number'])
  })

  it('holds the place of each event in a batch', async () => {
    nock(HOST).post('/many').reply(200, [200, 400])
    const traces = [createTrace(), createTrace()]
    const events = [track, { ...track, userId: 'v' }]
    const target = runtime()
    events.forEach((event, index) => target.route(event, traces[index]))

    await target.attemptBatch(events, [0], traces)

    expect(traces.map(({ mappings: [{ outcome, payload, batch }] }) => ({ outcome, payload, batch }))).toEqual([
      { outcome: 'delivered', payload: { id: 'u' }, batch: { index: 0, size: 2 } },
      { outcome: 'rejected', payload: { id: 'v' }, batch: { index: 1, size: 2 } }
    ])
    expect(traces[1].mappings[0].attempts[0].request).toMatchObject({
      url: `${HOST}/many`,
      body: [{ id: 'u' }, { id: 'v' }]
    })
  })

  it('cuts a long response', async () => {
    nock(HOST).post('/one').reply(200, 'x'.repeat(100_000))

    const [{ attempts }] = (await traced(track)).mappings

    expect(attempts[0].response?.body).toBe('x'.repeat(64 * 1024))
  })

  it('withholds what quotes the key, whether the destination or the API does', async () => {
    const token = 'fake/token+"ü&'
    nock(HOST)
      .post('/one')
      .query(true)
      .reply(400, `Not with Basic ${Buffer.from(`${token}:`).toString('base64')}`, {
        'X-Echo': encodeURIComponent(token)
      })
    const definition = records({
      perform: (client, payload) =>
        client(`${HOST}/one`, {
          method: 'post',
          json: { ...payload, token },
          searchParams: { token },
          skipResponseCloning: true
        })
    })

    const [{ attempts }] = (await traced(track, runtime({ definition, settings: { token, region: 'eu' } }))).mappings

    const withheld = '[withheld: it quotes the API key]'
    expect(attempts).toEqual([
      {
        ...attempted,
        request: { ...request, url: withheld, body: withheld },
        response: { status: 400, headers: { 'x-echo': withheld }, body: withheld },
        error: { status: 400, message: 'Bad Request' }
      }
    ])
  })
})

describe('the Authorization header of a trace', () => {
  it.each([
    ['Bearer other-credentials', 'Bearer [secret]'],
    ['other-credentials', '[secret]'],
    ['Digest username="other", response="credentials"', 'Digest [secret]']
  ])('%s shows no credentials, even if they are in no setting', async (sent, shown) => {
    nock(HOST).post('/one').matchHeader('authorization', sent).reply(200)
    const perform = (client: RequestClient) =>
      client(`${HOST}/one`, { method: 'post', json: {}, headers: { Authorization: sent }, skipResponseCloning: true })
    const target = runtime({ definition: { ...records({ perform }), extendRequest: undefined } })

    const [{ attempts }] = (await traced(track, target)).mappings
    const [previewed] = (await target.preview(track)).mappings

    expect(attempts.map(({ request, response }) => [request?.headers.authorization, response?.status])).toEqual([
      [shown, 200]
    ])
    expect(previewed.request?.headers.authorization).toBe(shown)
  })
})

describe('a preview', () => {
  it('goes as far as the request, and sends nothing', async () => {
    nock(HOST).post('/one').reply(200)

    const trace = await runtime().preview(track)

    expect(nock.pendingMocks()).toHaveLength(1)
    expect(trace.mappings).toEqual([
      {
        name: 'Add',
        action: 'add',
        trigger: 'type = "track"',
        matches: 'yes',
        payload: { id: 'u' },
        request,
        attempts: []
      },
      { ...skipped, attempts: [] }
    ])
  })

  it('has no outcome if the action needs no request', async () => {
    const definition = records({ perform: () => undefined })

    const [mapping] = (await runtime({ definition }).preview(track)).mappings

    expect([mapping.outcome, mapping.payload, mapping.request]).toEqual([undefined, { id: 'u' }, undefined])
  })

  it('says why an event would be rejected', async () => {
    const subscriptions = [
      { partnerAction: 'add', subscribe: 'type = "track"', mapping: idOf('$.context') },
      { partnerAction: 'remove', subscribe: 'type = "track"' }
    ]

    const { mappings } = await runtime({ subscriptions }).preview({ ...track, context: { a: 1 } })

    expect(mappings).toMatchObject([
      { outcome: 'rejected', reason: 'ID must be a string but it was an object.', status: 400, attempts: [] },
      {
        outcome: 'rejected',
        reason: 'The mapping "remove" is for the action "remove", which does not exist. Actions: add, name.',
        attempts: []
      }
    ])
  })

  it('names the mistakes of an event that no mapping matches', async () => {
    const { hints, mappings } = await runtime().preview({ ...track, type: 'Track' } as unknown as SegmentEvent)

    expect(hints).toEqual(['"Track" is not "track": types are lower case.'])
    expect(mappings.map(({ reason }) => reason)).toEqual([
      'No mapping matches this Track call. "Track" is not "track": types are lower case.',
      'No mapping matches this Track call. "Track" is not "track": types are lower case.'
    ])
  })
})
