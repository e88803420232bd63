import { Destination, RetryableError } from '@segment/actions-core'
import type { RequestClient, SegmentEvent } from '@segment/actions-core'
import nock from 'nock'
import { createRuntime } from '../../src/runtime/runtime'
import type { RuntimeOptions } from '../../src/runtime/runtime'
import { stubNetwork } from '../stubbed-network'
import { HOST, records, settings } from './records-destination'
import type { Settings } from './records-destination'

const track: SegmentEvent = { type: 'track', event: 'e', userId: 'u' }
const delivered = { mapping: 0, outcome: 'delivered', scope: 'event' }

const runtime = (options: Partial<RuntimeOptions<Settings>> = {}) =>
  createRuntime({ definition: records(), settings, ...options })

/** A runtime of one action, and one mapping that always runs it. */
const runtimeOf = (perform: (request: RequestClient) => unknown, options: Partial<RuntimeOptions<Settings>> = {}) =>
  runtime({
    definition: records({ perform }),
    subscriptions: [{ partnerAction: 'add', subscribe: 'type = "track"', mapping: {} }],
    ...options
  })

stubNetwork()

afterEach(() => {
  jest.restoreAllMocks()
})

describe('an attempt for one event', () => {
  it('runs the automatic presets unless told otherwise, and gives a result for each', async () => {
    nock(HOST).post('/one').reply(200)

    expect(await runtime().attempt(track)).toEqual([
      delivered,
      { mapping: 1, outcome: 'not subscribed', scope: 'event' }
    ])
  })

  it('runs the mappings that it is given', async () => {
    nock(HOST).post('/one').reply(200)
    const subscriptions = [{ partnerAction: 'name', subscribe: 'type = "track"' }]

    expect(await runtime({ subscriptions }).attempt(track)).toEqual([delivered])
  })

  it('has no result if the destination has no presets', async () => {
    expect(await runtime({ definition: { ...records(), presets: undefined } }).attempt(track)).toEqual([])
  })

  it('filters an event that its integrations object keeps from the destination, without a request', async () => {
    const event = { ...track, integrations: { Records: false } }

    expect(await runtime({ subscriptions: [{ partnerAction: 'add', subscribe: '' }] }).attempt(event)).toEqual([
      {
        mapping: 0,
        outcome: 'filtered',
        reason: "The event's integrations object keeps it from Records: integrations.Records is false.",
        scope: 'event'
      }
    ])
  })

  it("rejects an event if the trigger of a mapping can't be parsed, and says so", async () => {
    const subscriptions = [
      { partnerAction: 'add', subscribe: 'nonsense' },
      { partnerAction: 'add', subscribe: '' }
    ]

    expect(await runtime({ subscriptions }).attempt(track)).toEqual([
      {
        mapping: 0,
        outcome: 'rejected',
        reason: 'The trigger of the mapping "add" can\'t be read: nonsense. Write it like type = "track".',
        scope: 'event'
      },
      {
        mapping: 1,
        outcome: 'rejected',
        reason: 'The trigger of the mapping "add" can\'t be read: it is empty. Write it like type = "track".',
        scope: 'event'
      }
    ])
  })

  it('rejects an event if the settings are not valid', async () => {
    const [result] = await runtime({ settings: { region: 'eu' } as Settings }).attempt(track)

    expect(result).toMatchObject({
      outcome: 'rejected',
      reason: "The root value is missing the required field 'token'.",
      status: 400
    })
  })

  it('treats a null context as missing, because the framework would break', async () => {
    nock(HOST).post('/one').reply(200)
    const event = { ...track, context: null } as unknown as SegmentEvent

    expect((await runtime().attempt(event))[0].outcome).toBe('delivered')
  })

  it('rejects an event that breaks the mapping', async () => {
    const perform = jest.fn(() => {
      throw new TypeError('x is null')
    })

    expect(await runtimeOf(perform).attempt(track)).toMatchObject([{ outcome: 'rejected', reason: 'x is null' }])
  })

  it('rejects an event if no retry can help', async () => {
    nock(HOST).post('/one').reply(400)

    expect(await runtime().attempt(track)).toMatchObject([
      { outcome: 'rejected', reason: 'Bad Request', status: 400 },
      { outcome: 'not subscribed' }
    ])
  })

  it('asks for a retry without a response, and names the error', async () => {
    nock(HOST)
      .post('/one')
      .replyWithError(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }))

    expect((await runtime().attempt(track))[0]).toMatchObject({ outcome: 'retryable', errorCode: 'ECONNRESET' })
  })

  it('asks for a retry if the action does, without secrets in the reason', async () => {
    const perform = () => Promise.reject(new RetryableError('fake-token: not yet.', 429))

    expect(await runtimeOf(perform).attempt(track)).toMatchObject([
      { outcome: 'retryable', reason: '[secret]: not yet.', status: 429 }
    ])
  })
})

describe('Retry-After', () => {
  it.each([
    ['in seconds', '7', 7000],
    ['as a date', 'Wed, 31 Jan 2024 12:00:30 GMT', 30_000]
  ])('%s is part of the result', async (_form, header, milliseconds) => {
    jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2024-01-31T12:00:00Z'))
    nock(HOST).post('/one').reply(429, '', { 'Retry-After': header })

    expect((await runtime().attempt(track))[0]).toMatchObject({ outcome: 'retryable', retryAfter: milliseconds })
  })

  it('is that of the last response, not of an earlier one', async () => {
    nock(HOST).post('/one').reply(429, '', { 'Retry-After': '7' }).post('/one').reply(503)
    const target = runtime()

    await target.attempt(track)

    expect((await target.attempt(track))[0].retryAfter).toBeUndefined()
  })
})

describe('what stays behind', () => {
  it('is nothing of the responses, which the framework would keep for good', async () => {
    nock(HOST).persist().post('/one').reply(200, 'x'.repeat(1000))
    const onEvent = jest.spyOn(Destination.prototype, 'onEvent')

    const target = runtime()
    await target.attempt(track)
    await target.attempt(track)

    const destinations = onEvent.mock.contexts as Destination[]
    expect(destinations.map(({ responses }) => responses.length)).toEqual([0, 0])
    expect(new Set(destinations).size).toBe(1)
  })

  it('is no secret setting in a reason', async () => {
    const perform = () => {
      throw new TypeError('fake-token is not valid in eu, fake-token!')
    }

    const [{ reason }] = await runtimeOf(perform).attempt(track)

    expect(reason).toBe('[secret] is not valid in eu, [secret]!')
  })

  it('redacts nothing if the destination has no settings', async () => {
    const perform = () => {
      throw new TypeError('fake-token')
    }

    const [{ reason }] = await runtimeOf(perform, {
      definition: { ...records({ perform }), authentication: undefined }
    }).attempt(track)

    expect(reason).toBe('fake-token')
  })
})
