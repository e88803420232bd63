import { createRequestClient, createTestIntegration, Destination } from '@segment/actions-core'
import type { ActionDefinition, InputField, JSONObject, SegmentEvent } from '@segment/actions-core'
import nock from 'nock'
import destination from '../../../src/destinations/astrolabe'
import type { Settings } from '../../../src/destinations/astrolabe/generated-types'
import { sendBatch } from '../../../src/destinations/astrolabe/ingest'
import { identifyMessage } from '../../../src/destinations/astrolabe/message'

const settings = { apiKey: 'fake-api-key' }

beforeEach(() => {
  nock.disableNetConnect()
  nock('https://ingest.astrolabe.so').post('/v1/events').reply(200)
})

afterEach(() => {
  nock.cleanAll()
})

afterAll(() => {
  nock.restore()
})

/** Runs one event through the default mappings, some of them replaced, and hands back the body that was sent. */
async function bodyOf(action: string, event: Partial<SegmentEvent>, mapping: JSONObject = {}): Promise<unknown> {
  const [response] = await createTestIntegration(destination).testAction(action, {
    event: event,
    mapping,
    settings,
    useDefaultMappings: true
  })
  return JSON.parse(response.options.body as string)
}

describe('an Account ID that is mapped', () => {
  const accountId = { account_id: { '@path': '$.properties.company' } }

  it('replaces the one in context and keeps the rest of it', async () => {
    const body = await bodyOf(
      'track',
      { properties: { company: 'acc-2' }, context: { groupId: 'acc-1', ip: '192.0.2.1' } },
      accountId
    )

    expect(body).toMatchObject({ context: { groupId: 'acc-2', ip: '192.0.2.1' } })
  })

  it('makes a context where there is none', async () => {
    expect(await bodyOf('track', { properties: { company: 'acc-2' }, context: undefined }, accountId)).toMatchObject({
      context: { groupId: 'acc-2' }
    })
  })

  it.each(['', null])('leaves context alone where it is %j', async (company) => {
    const body = await bodyOf('track', { properties: { company }, context: { groupId: 'acc-1' } }, accountId)

    expect(body).toMatchObject({ context: { groupId: 'acc-1' } })
  })

  it('replaces an object in its place', async () => {
    const body = await bodyOf('track', { properties: { company: 'acc-2' }, context: { groupId: {} } }, accountId)

    expect(body).toMatchObject({ context: { groupId: 'acc-2' } })
  })
})

describe('a date', () => {
  /** In words, but with more after it than any date has: to search a long text for one would hold up all other events. */
  const LONG_DATE = `Wed, 31 Jan 2024 12:00:00 GMT (${'x'.repeat(100)})`

  it.each([
    [0, '1970-01-01T00:00:00.000Z'],
    ['86400', '1970-01-02T00:00:00.000Z'],
    [-100000000000, '1966-10-31T14:13:20.000Z'],
    [-62167219200, '0000-01-01T00:00:00.000Z'],
    [-86400, '1969-12-31T00:00:00.000Z'],
    [1706702400.5, '2024-01-31T12:00:00.500Z'],
    ['1706702400.5', '2024-01-31T12:00:00.500Z'],
    [99999999999, '5138-11-16T09:46:39.000Z'],
    [100000000000, '1973-03-03T09:46:40.000Z'],
    ['100000000000', '1973-03-03T09:46:40.000Z'],
    [253402300799999, '9999-12-31T23:59:59.999Z']
  ])('that is the Unix time %j is %s', async (timestamp, iso) => {
    expect(await bodyOf('identify', { timestamp: timestamp as string })).toMatchObject({ timestamp: iso })
  })

  it.each([
    [253402300800000, '253402300800000'],
    [-62167219201, '-62167219201'],
    [1e300, '1e+300'],
    [true, 'true'],
    ['2024-13-45', '2024-13-45'],
    ['31 January 2024', '31 January 2024'],
    ['Mon, 2024', 'Mon, 2024'],
    ['Mon, 99 Foo 2024 12:00:00 GMT', 'Mon, 99 Foo 2024 12:00:00 GMT'],
    [LONG_DATE, LONG_DATE]
  ])('that cannot be read for sure, such as %j, stays as it is', async (timestamp, text) => {
    expect(await bodyOf('identify', { timestamp: timestamp as string })).toMatchObject({ timestamp: text })
  })

  it('loses the white space around it', async () => {
    expect(await bodyOf('identify', { timestamp: ' 2024-01-31T12:00:00Z ' })).toMatchObject({
      timestamp: '2024-01-31T12:00:00Z'
    })
  })

  it.each(['', ' ', null])(
    'that is %j is left out under a mapping of the customer, alone and in a batch',
    async (when) => {
      const subscription = {
        ...destination.presets?.[0],
        mapping: { user_id: 'u', timestamp: { '@path': '$.traits.when' } }
      }
      const event: SegmentEvent = { type: 'identify', traits: { when } }
      const bodies: unknown[] = []
      nock.cleanAll()
      nock('https://ingest.astrolabe.so')
        .post(/.*/, (body) => bodies.push(body) > 0)
        .twice()
        .reply(200, { results: [{ status: 200 }] })

      const target = new Destination(destination)
      await target.onEvent(event, { ...settings, subscription })
      await target.onBatch([event], { ...settings, subscription })

      const message = { type: 'identify', userId: 'u' }
      expect(bodies).toEqual([message, { batch: [message] }])
    }
  )
})

describe('an answer of Astrolabe to one event', () => {
  it('is not handed on: Segment would show it as it came, whatever it quotes', async () => {
    nock.cleanAll()
    nock('https://ingest.astrolabe.so').post('/v1/events').reply(200, { message: 'Hello fake-api-key.' })

    const results = await new Destination(destination).onEvent(
      { type: 'identify', userId: 'u' },
      { ...settings, subscription: { ...destination.presets?.[0] } }
    )

    expect(results[results.length - 1]).toEqual({ output: 'Action Executed', data: undefined })
  })
})

describe('the results of a batch', () => {
  it('name the events that were sent, and of the answers only what is fit to be shown', async () => {
    nock.cleanAll()
    nock('https://ingest.astrolabe.so')
      .post('/v1/batch')
      .reply(207, {
        results: [
          { status: 200, debug: 'fake-api-key' },
          { status: 400, message: 'Bad fake-api-key.', debug: 'fake-api-key' },
          { debug: 'fake-api-key' },
          { status: 202 }
        ]
      })
    const track = destination.presets?.[2]
    const event = (n: number) => ({ type: 'track' as const, event: 'e', userId: `u${n}` })

    const [{ multistatus }] = await new Destination(destination).onBatch(
      [event(1), event(2), event(3), event(4), { type: 'track', event: '', userId: 'u' }],
      { ...settings, subscription: { ...track } }
    )

    expect(multistatus).toEqual([
      { status: 200, sent: expect.objectContaining({ userId: 'u1' }), body: { status: 200 } },
      {
        status: 400,
        errortype: 'BAD_REQUEST',
        errormessage: 'Bad [API key].',
        body: { status: 400, message: 'Bad [API key].' },
        errorreporter: 'DESTINATION'
      },
      {
        status: 500,
        errortype: 'RETRYABLE_ERROR',
        errormessage: "Astrolabe's answer does not say what became of this event. Segment sends it again later.",
        body: {},
        errorreporter: 'DESTINATION'
      },
      { status: 202, sent: expect.objectContaining({ userId: 'u4' }), body: { status: 202 } },
      {
        status: 400,
        errortype: 'PAYLOAD_VALIDATION_FAILED',
        errormessage: 'Event name is empty. Map it to the name of the event: Astrolabe needs it to know what happened.',
        body: undefined,
        errorreporter: 'INTEGRATIONS'
      }
    ])
  })
})

describe('a message', () => {
  it('shares no change with the payload that it is made of', () => {
    const payload = { user_id: 'u', traits: { a: 1 }, context: { ip: '192.0.2.1' }, account_id: 'acc-1' }
    const before = JSON.stringify(payload)

    identifyMessage(payload)

    expect(JSON.stringify(payload)).toBe(before)
  })

  it('does not tell Astrolabe whether events are batched', async () => {
    const body = await bodyOf('identify', {}, { enable_batching: true })

    expect(Object.keys(body as object).sort()).toEqual(
      ['anonymousId', 'context', 'messageId', 'receivedAt', 'sentAt', 'timestamp', 'traits', 'type', 'userId'].sort()
    )
  })
})

describe('a payload that breaks the mapping', () => {
  it('is left to Segment to send again, and takes no other event of its batch with it', async () => {
    const broken = (): never => {
      throw new TypeError('x is not a function')
    }

    const responses = await sendBatch(createRequestClient(), settings, [{}], broken)

    expect(responses.getAllResponses().map((response) => response.value())).toEqual([
      { status: 500, errortype: 'INTERNAL_SERVER_ERROR', errormessage: 'x is not a function', body: undefined }
    ])
  })
})

// What upstream's snapshot template does with a new destination: literal values by the type of each field.
describe.each(Object.keys(destination.actions))("upstream's template: %s", (slug) => {
  const action: ActionDefinition<Settings> = destination.actions[slug]
  const strangeText = 'dx%7]&B!@#$^*()['

  const literals = (fields: [string, InputField][]): JSONObject =>
    Object.fromEntries(fields.map(([key, { type }]) => [key, literal(type)]))

  function literal(type: InputField['type']) {
    switch (type) {
      case 'boolean':
        return true
      case 'number':
        return -1094133.49
      case 'object':
        return { testType: strangeText }
      default:
        return strangeText
    }
  }

  it.each([
    ['all fields', () => true],
    ['required fields only', ([key, field]: [string, InputField]) => Boolean(field.required) || key.includes('id')]
  ])('sends one request where the mapping holds %s', async (_name, isChosen) => {
    const responses = await createTestIntegration(destination).testAction(slug, {
      event: { type: 'track' },
      mapping: literals(Object.entries(action.fields).filter(isChosen)),
      settings: { apiKey: strangeText }
    })

    expect(responses.map(({ request }) => request.url)).toEqual(['https://ingest.astrolabe.so/v1/events'])
  })
})
