import nock from 'nock'
import { Destination, RetryableError } from '@segment/actions-core'
import type { RequestClient, SegmentEvent } from '@segment/actions-core'
import { createRuntime } from '../../src/runtime/runtime'
import type { RuntimeOptions } from '../../src/runtime/runtime'
import { stubNetwork } from '../stubbed-network'
import { decideIntegrations, filteredReason } from '../../src/runtime/integrations'
import { attempt, HOST, records, settings } from './records-destination'
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
  it('runs the automatic presets that match unless told otherwise', async () => {
    nock(HOST).post('/one').reply(200)

    expect(await attempt(runtime(), track)).toEqual([delivered])
  })

  it('runs the mappings that it is given', async () => {
    nock(HOST).post('/one').reply(200)
    const subscriptions = [{ partnerAction: 'name', subscribe: 'type = "track"' }]

    expect(await attempt(runtime({ subscriptions }), track)).toEqual([delivered])
  })

  it('has no result if the destination has no presets', async () => {
    expect(await attempt(runtime({ definition: { ...records(), presets: undefined } }), track)).toEqual([])
  })

  it('routes an event that its integrations object keeps from the destination to no mapping', () => {
    const event = { ...track, integrations: { Records: false } }

    expect(runtime({ subscriptions: [{ partnerAction: 'add', subscribe: '' }] }).route(event)).toEqual({
      mappings: [],
      result: {
        outcome: 'filtered',
        reason: "The event's integrations object keeps it from Records: integrations.Records is false."
      }
    })
  })

  it('sends an event whatever its integrations object says if it is told to ignore that', async () => {
    nock(HOST).post('/one').reply(200)
    const event = { ...track, integrations: { All: false } }

    expect(await attempt(runtime({ integrations: 'ignore' }), event)).toEqual([delivered])
  })

  it('counts an event as delivered only if the framework says that the action ran', async () => {
    jest.spyOn(Destination.prototype, 'onEvent').mockResolvedValue([{ output: 'invalid subscription' }])

    expect(await attempt(runtime(), track)).toEqual([
      { mapping: 0, outcome: 'rejected', reason: '"invalid subscription"', scope: 'event' }
    ])
  })

  it('names the triggers that it tried if none matches, except those for other calls, and why none does', () => {
    const triggers = ['type = "track" and event = "Signed Up"', 'type = "identify"', 'userId = "v"']
    const subscriptions = triggers.map((subscribe) => ({ partnerAction: 'add', subscribe }))

    expect(runtime({ subscriptions }).route(track).result).toEqual({
      outcome: 'not subscribed',
      reason:
        'No mapping matches this track call. ' +
        'Triggers: type = "track" and event = "Signed Up" (event is not "Signed Up"); userId = "v" (userId is not "v").'
    })
  })

  it.each([
    ['event = "Sign Up"', 'event is "Signup", did you mean "Sign Up"?'],
    ['properties.plan = "secreta"', 'properties.plan is not "secreta"'],
    ['properties.plan != "secret"', 'properties.plan does not match'],
    ['properties.total > 5', 'properties.total is missing'],
    ['userId = "v" or userId = "w"', 'userId is not "v", and userId is not "w"']
  ])('quotes only a name that is nearly right: %s', (subscribe, why) => {
    const event = { ...track, event: 'Signup', properties: { plan: 'secret' } }

    expect(runtime({ subscriptions: [{ partnerAction: 'add', subscribe }] }).route(event).result?.reason).toBe(
      `No mapping matches this track call. Triggers: ${subscribe} (${why}).`
    )
  })

  it('says that there is no mapping for a type of call', () => {
    const subscriptions = [{ partnerAction: 'add', subscribe: 'type = "identify"' }]

    expect(runtime({ subscriptions }).route(track).result?.reason).toBe(
      'No mapping matches this track call. There is no mapping for "track" calls, only for "identify".'
    )
  })

  it("rejects an event if the trigger of a mapping can't be parsed, and says so", async () => {
    const subscriptions = [
      { partnerAction: 'add', subscribe: 'nonsense' },
      { partnerAction: 'add', subscribe: '' }
    ]

    expect(await attempt(runtime({ subscriptions }), track)).toEqual([
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
    const [result] = await attempt(runtime({ settings: { region: 'eu' } as Settings }), track)

    expect(result).toMatchObject({
      outcome: 'rejected',
      reason: "The root value is missing the required field 'token'.",
      status: 400
    })
  })

  it('treats a null context as missing, because the framework would break', async () => {
    nock(HOST).post('/one').reply(200)
    const event = { ...track, context: null } as unknown as SegmentEvent

    expect((await attempt(runtime(), event))[0].outcome).toBe('delivered')
  })

  it('rejects an event that breaks the mapping', async () => {
    const perform = jest.fn(() => {
      throw new TypeError('x is null')
    })

    expect(await attempt(runtimeOf(perform), track)).toMatchObject([{ outcome: 'rejected', reason: 'x is null' }])
  })

  it('rejects an event if no retry can help', async () => {
    nock(HOST).post('/one').reply(400)

    expect(await attempt(runtime(), track)).toMatchObject([{ outcome: 'rejected', reason: 'Bad Request', status: 400 }])
  })

  it('asks for a retry without a response, and names the error', async () => {
    nock(HOST)
      .post('/one')
      .replyWithError(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }))

    expect(await attempt(runtime(), track)).toEqual([
      {
        mapping: 0,
        outcome: 'retryable',
        reason: `request to ${HOST}/one failed, reason: socket hang up`,
        scope: 'request',
        errorCode: 'ECONNRESET'
      }
    ])
  })

  it('asks for a retry if the action does, without secrets in the reason', async () => {
    const perform = () => Promise.reject(new RetryableError('fake-token: not yet.', 429))

    expect(await attempt(runtimeOf(perform), track)).toMatchObject([
      { outcome: 'retryable', reason: '[withheld: it quotes the API key]', status: 429 }
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

    expect((await attempt(runtime(), track))[0]).toMatchObject({ outcome: 'retryable', retryAfter: milliseconds })
  })

  it('is that of the last response, not of an earlier one', async () => {
    nock(HOST).post('/one').reply(429, '', { 'Retry-After': '7' }).post('/one').reply(503)
    const target = runtime()

    await attempt(target, track)

    expect((await attempt(target, track))[0].retryAfter).toBeUndefined()
  })
})

describe('what stays behind', () => {
  it('is nothing of the responses, which the framework would keep for good', async () => {
    nock(HOST).persist().post('/one').reply(200, 'x'.repeat(1000))
    const onEvent = jest.spyOn(Destination.prototype, 'onEvent')

    const target = runtime()
    await attempt(target, track)
    await attempt(target, track)

    const destinations = onEvent.mock.contexts as Destination[]
    expect(destinations.map(({ responses }) => responses.length)).toEqual([0, 0])
    expect(new Set(destinations).size).toBe(1)
  })

  it('is no secret setting in a reason', async () => {
    const perform = () => {
      throw new TypeError('fake-token is not valid in eu, fake-token!')
    }

    const [{ reason }] = await attempt(runtimeOf(perform), track)

    expect(reason).toBe('[withheld: it quotes the API key]')
  })

  it('withholds nothing if the destination has no settings', async () => {
    const perform = () => {
      throw new TypeError('fake-token')
    }

    const [{ reason }] = await attempt(
      runtimeOf(perform, {
        definition: { ...records({ perform }), authentication: undefined }
      }),
      track
    )

    expect(reason).toBe('fake-token')
  })
})

const event = (integrations: unknown) => ({ type: 'track', integrations }) as unknown as SegmentEvent

describe("an event's integrations object", () => {
  it.each([
    [undefined, undefined],
    [null, undefined],
    [{}, undefined],
    [{ Astrolabe: true }, 'integrations.Astrolabe is true'],
    [{ All: false, Astrolabe: true }, 'integrations.Astrolabe is true'],
    [{ All: false, Astrolabe: { someOption: 1 } }, 'integrations.Astrolabe is an object'],
    [{ Mixpanel: false }, undefined],
    [{ astrolabe: false }, undefined],
    [{ All: true, Astrolabe: null }, 'integrations.All is true']
  ])('%j lets the event through: %s', (integrations, decidedBy) => {
    expect(decideIntegrations('Astrolabe', event(integrations))).toEqual({ isEnabled: true, decidedBy })
  })

  it.each([
    [{ Astrolabe: false }, 'integrations.Astrolabe is false.'],
    [{ All: true, Astrolabe: false }, 'integrations.Astrolabe is false.'],
    [{ All: false }, 'integrations.All is false, and there is no entry for Astrolabe.'],
    [
      { All: false, astrolabe: true },
      'integrations.All is false, and there is no entry for Astrolabe. "integrations.astrolabe" is not read: the destination\'s name is "Astrolabe".'
    ],
    [
      { All: false, 'Astrolabe (Actions)': true },
      'integrations.All is false, and there is no entry for Astrolabe. "integrations.Astrolabe (Actions)" is not read: the destination\'s name is "Astrolabe".'
    ],
    [{ All: false, Astrolabe: null }, 'integrations.All is false, and there is no entry for Astrolabe.'],
    [{ All: false, Mixpanel: true }, 'integrations.All is false, and there is no entry for Astrolabe.']
  ])('%j keeps the event back: %s', (integrations, words) => {
    const decision = decideIntegrations('Astrolabe', event(integrations))

    expect(decision.isEnabled).toBe(false)
    expect(filteredReason('Astrolabe', event(integrations), decision)).toBe(
      `The event's integrations object keeps it from Astrolabe: ${words}`
    )
  })
})
