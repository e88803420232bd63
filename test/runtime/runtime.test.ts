import { Destination, RetryableError } from '@segment/actions-core'
import type { RequestClient, SegmentEvent } from '@segment/actions-core'
import nock from 'nock'
import { createRuntime } from '../../src/runtime/runtime'
import type { RuntimeOptions } from '../../src/runtime/runtime'
import { stubNetwork } from '../stubbed-network'
import { HOST, records, settings } from './records-destination'
import type { Settings } from './records-destination'

const send = (request: RequestClient) => request(`${HOST}/one`, { method: 'post', json: {}, skipResponseCloning: true })

const track: SegmentEvent = { type: 'track', event: 'e', userId: 'u' }
const wait = jest.fn((_milliseconds: number) => Promise.resolve())
const waits = () => wait.mock.calls.map(([milliseconds]) => milliseconds)
const retry = { minTimeout: 0, wait }

const runtime = (options: Partial<RuntimeOptions<Settings>> = {}) =>
  createRuntime({ definition: records(), settings, retry, ...options })

/** A runtime of one action, and one mapping that always runs it. */
const runtimeOf = (perform: (request: RequestClient) => unknown, options: Partial<RuntimeOptions<Settings>> = {}) =>
  runtime({
    definition: records({ perform }),
    subscriptions: [{ partnerAction: 'add', subscribe: 'type = "track"', mapping: {} }],
    ...options
  })

stubNetwork()

afterEach(() => {
  jest.clearAllMocks()
  jest.restoreAllMocks()
})

describe('delivering an event', () => {
  it('runs the automatic presets unless told otherwise, and gives a record for each', async () => {
    nock(HOST).post('/one').reply(200)

    expect(await runtime().deliver(track)).toEqual([
      { mapping: 'Add', action: 'add', outcome: 'delivered', attempts: 1 },
      { mapping: 'Name', action: 'name', outcome: 'not subscribed', attempts: 0 }
    ])
  })

  it('runs the mappings that it is given', async () => {
    nock(HOST).post('/one').reply(200)
    const subscriptions = [{ partnerAction: 'name', subscribe: 'type = "track"' }]

    expect(await runtime({ subscriptions }).deliver(track)).toEqual([
      { mapping: 'name', action: 'name', outcome: 'delivered', attempts: 1 }
    ])
  })

  it('has no reason if the destination has no presets', async () => {
    expect(await runtime({ definition: { ...records(), presets: undefined } }).deliver(track)).toEqual([])
  })

  it('filters an event that its integrations object keeps from the destination, without a request', async () => {
    const event = { ...track, integrations: { Records: false } }

    expect(await runtime({ subscriptions: [{ partnerAction: 'add', subscribe: '' }] }).deliver(event)).toEqual([
      {
        mapping: 'add',
        action: 'add',
        outcome: 'filtered',
        reason: "The event's integrations object keeps it from Records: integrations.Records is false.",
        attempts: 0
      }
    ])
  })

  it("rejects an event if the trigger of a mapping can't be parsed, and says so", async () => {
    const subscriptions = [
      { partnerAction: 'add', subscribe: 'nonsense' },
      { partnerAction: 'add', subscribe: '' }
    ]

    expect(await runtime({ subscriptions }).deliver(track)).toEqual([
      {
        mapping: 'add',
        action: 'add',
        outcome: 'rejected',
        reason: 'The trigger of the mapping "add" can\'t be read: nonsense. Write it like type = "track".',
        attempts: 0
      },
      {
        mapping: 'add',
        action: 'add',
        outcome: 'rejected',
        reason: 'The trigger of the mapping "add" can\'t be read: it is empty. Write it like type = "track".',
        attempts: 0
      }
    ])
  })

  it('rejects an event if the settings are not valid', async () => {
    const [record] = await runtime({ settings: { region: 'eu' } as Settings }).deliver(track)

    expect(record).toEqual({
      mapping: 'Add',
      action: 'add',
      outcome: 'rejected',
      reason: "The root value is missing the required field 'token'.",
      status: 400,
      attempts: 1
    })
  })

  it('treats a null context as missing, because the framework would break', async () => {
    nock(HOST).post('/one').reply(200)
    const event = { ...track, context: null } as unknown as SegmentEvent

    expect((await runtime().deliver(event))[0].outcome).toBe('delivered')
  })

  it('rejects an event that breaks the mapping, without a retry', async () => {
    const perform = jest.fn(() => {
      throw new TypeError('x is null')
    })

    expect(await runtimeOf(perform).deliver(track)).toEqual([
      { mapping: 'add', action: 'add', outcome: 'rejected', reason: 'x is null', attempts: 1 }
    ])
  })
})

describe('trying again', () => {
  it('stops as soon as the event is accepted', async () => {
    nock(HOST).post('/one').times(2).reply(503).post('/one').reply(200)

    expect((await runtime().deliver(track))[0]).toEqual({
      mapping: 'Add',
      action: 'add',
      outcome: 'delivered',
      attempts: 3
    })
  })

  it('counts an event as failed once it has been tried as often as allowed', async () => {
    const perform = jest.fn(() => Promise.reject(new RetryableError('Not now.', 503)))

    expect(await runtimeOf(perform, { retry: { ...retry, retries: 2 } }).deliver(track)).toEqual([
      { mapping: 'add', action: 'add', outcome: 'failed', reason: 'Not now.', status: 503, attempts: 3 }
    ])
    expect(perform).toHaveBeenCalledTimes(3)
  })

  it('tries again without a response', async () => {
    nock(HOST)
      .post('/one')
      .replyWithError(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }))
      .post('/one')
      .reply(200)

    expect((await runtime().deliver(track))[0]).toMatchObject({ outcome: 'delivered', attempts: 2 })
  })

  it('rejects an event at once if no retry can help', async () => {
    nock(HOST).post('/one').reply(400)

    expect((await runtime().deliver(track))[0]).toEqual({
      mapping: 'Add',
      action: 'add',
      outcome: 'rejected',
      reason: 'Bad Request',
      status: 400,
      attempts: 1
    })
  })

  it('says each time that it is about to, and why, without secrets', async () => {
    nock(HOST).post('/one').reply(200)
    const errors = [new RetryableError('Not now.', 503), new RetryableError('fake-token: not yet.', 429)]
    const perform = (request: RequestClient) => {
      const error = errors.shift()
      return error ? Promise.reject(error) : send(request)
    }
    const reasons: string[] = []

    await runtimeOf(perform).deliver(track, { onRetry: ({ reason }) => reasons.push(reason) })

    expect(reasons).toEqual(['Not now.', '[secret]: not yet.'])
  })

  describe('a run that the user has stopped', () => {
    const failing = () => Promise.reject(new RetryableError('Not now.', 503))
    const failed = { mapping: 'add', action: 'add', outcome: 'failed', reason: 'Not now.', status: 503, attempts: 1 }

    it('waits for no further try', async () => {
      const stop = new AbortController()
      const runtime = runtimeOf(failing, { retry: { minTimeout: 60_000 } })

      const delivery = runtime.deliver(track, { signal: stop.signal, onRetry: () => stop.abort() })

      expect(await delivery).toEqual([failed])
    })

    it('does not wait as long as Retry-After asks for either', async () => {
      nock(HOST).post('/one').reply(503, '', { 'Retry-After': '60' })
      const stop = new AbortController()
      const options = { signal: stop.signal, onRetry: () => setImmediate(() => stop.abort()) }

      const delivery = runtime({ retry: { minTimeout: 0 } }).deliver(track, options)

      expect((await delivery)[0]).toMatchObject({ outcome: 'failed', status: 503, attempts: 1 })
    })

    it('counts what the last try came to', async () => {
      const stop = new AbortController()
      const perform = async () => stop.abort()

      expect(await runtimeOf(perform).deliver(track, { signal: stop.signal })).toEqual([
        { mapping: 'add', action: 'add', outcome: 'delivered', attempts: 1 }
      ])
    })

    it('tries an event once', async () => {
      expect(await runtimeOf(failing).deliver(track, { signal: AbortSignal.abort() })).toEqual([failed])
    })
  })

  it('waits about twice as long each time and never the same', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0.5)
    const perform = () => Promise.reject(new RetryableError('Not now.', 503))

    await runtimeOf(perform, { retry: { wait, minTimeout: 1000, maxTimeout: 5000, retries: 4 } }).deliver(track)

    expect(waits()).toEqual([1500, 3000, 5000, 5000])
  })
})

describe('Retry-After', () => {
  it.each([
    ['in seconds', '7', 7000],
    ['as a date', 'Wed, 31 Jan 2024 12:00:30 GMT', 30_000]
  ])('%s is waited for before the next try', async (_form, header, milliseconds) => {
    jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2024-01-31T12:00:00Z'))
    nock(HOST).post('/one').reply(429, '', { 'Retry-After': header }).post('/one').reply(200)

    expect((await runtime().deliver(track))[0]).toMatchObject({ outcome: 'delivered', attempts: 2 })
    expect(waits()).toEqual([milliseconds])
  })

  it('ends the attempts if it asks for a longer wait than is allowed', async () => {
    nock(HOST).post('/one').reply(429, '', { 'Retry-After': '61' })

    const [record] = await runtime({ retry: { ...retry, maxRetryAfter: 60_000 } }).deliver(track)

    expect(record).toMatchObject({ outcome: 'failed', attempts: 1 })
    expect(wait).not.toHaveBeenCalled()
  })

  it('is that of the last response, not of an earlier one', async () => {
    nock(HOST).post('/one').reply(429, '', { 'Retry-After': '7' }).post('/one').reply(503).post('/one').reply(200)

    await runtime().deliver(track)

    expect(waits()).toEqual([7000, 0])
  })

  it('is waited for by the clock unless a test says otherwise', async () => {
    nock(HOST).post('/one').reply(503).post('/one').reply(200)

    expect((await runtime({ retry: { minTimeout: 0 } }).deliver(track))[0]).toMatchObject({ outcome: 'delivered' })
  })
})

describe('what stays behind', () => {
  it('is nothing of the responses, which the framework would keep for good', async () => {
    nock(HOST).persist().post('/one').reply(200, 'x'.repeat(1000))
    const onEvent = jest.spyOn(Destination.prototype, 'onEvent')

    const target = runtime()
    await target.deliver(track)
    await target.deliver(track)

    const destinations = onEvent.mock.contexts as Destination[]
    expect(destinations.map(({ responses }) => responses.length)).toEqual([0, 0])
    expect(new Set(destinations).size).toBe(1)
  })

  it('is no secret setting in a reason', async () => {
    const perform = () => {
      throw new TypeError('fake-token is not valid in eu, fake-token!')
    }

    const [{ reason }] = await runtimeOf(perform).deliver(track)

    expect(reason).toBe('[secret] is not valid in eu, [secret]!')
  })

  it('redacts nothing if the destination has no settings', async () => {
    const perform = () => {
      throw new TypeError('fake-token')
    }

    const [{ reason }] = await runtimeOf(perform, {
      definition: { ...records({ perform }), authentication: undefined }
    }).deliver(track)

    expect(reason).toBe('fake-token')
  })
})
