import { defaultValues, Destination } from '@segment/actions-core'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import nock from 'nock'
import destination from '../index'
import { identifyMessage } from '../message'

const settings = { apiKey: 'fake-api-key' }

const subscriptionFor = (action: string, mapping: JSONObject = {}): JSONObject => ({
  subscribe: `type = "${action}"`,
  partnerAction: action,
  mapping: { ...(defaultValues(destination.actions[action].fields) as JSONObject), ...mapping }
})

/** Delivers one event under the default mappings, some of them replaced, and returns the body that was sent. */
async function bodyOf(event: SegmentEvent, mapping: JSONObject = {}): Promise<JSONObject> {
  const target = new Destination(destination)
  await target.onEvent(event, { ...settings, subscription: subscriptionFor(event.type, mapping) })
  const [response] = target.responses as unknown as { options: { body: string } }[]
  return JSON.parse(response.options.body) as JSONObject
}

beforeEach(() => {
  nock('https://ingest.astrolabe.so').post('/v1/events').reply(200)
})

describe('a mapped Account ID', () => {
  const mapping = { account_id: { '@path': '$.properties.company' } }
  const event = { type: 'track', event: 'e', userId: 'u' } as const

  it('replaces the one in context and keeps the rest of context', async () => {
    const context = { groupId: 'acc-1', ip: '192.0.2.1' }
    const body = await bodyOf({ ...event, properties: { company: 'acc-2' }, context }, mapping)

    expect(body.context).toEqual({ groupId: 'acc-2', ip: '192.0.2.1' })
  })

  it('creates a context if there is none', async () => {
    const body = await bodyOf({ ...event, properties: { company: 'acc-2' } }, mapping)

    expect(body.context).toEqual({ groupId: 'acc-2' })
  })

  it.each(['', null])('leaves context unchanged if it is %j', async (company: string | null) => {
    const body = await bodyOf({ ...event, properties: { company }, context: { groupId: 'acc-1' } }, mapping)

    expect(body.context).toEqual({ groupId: 'acc-1' })
  })

  it('replaces an object', async () => {
    const context = { groupId: {} } as unknown as SegmentEvent['context']
    const body = await bodyOf({ ...event, properties: { company: 'acc-2' }, context }, mapping)

    expect(body.context).toEqual({ groupId: 'acc-2' })
  })
})

describe('a date', () => {
  it.each(['', ' ', null])(
    'that is %j is left out under a mapping of the customer, also in a batch',
    async (when: string | null) => {
      const subscription = {
        ...subscriptionFor('identify'),
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

describe('a message', () => {
  it('is made without a change to the payload', () => {
    const payload = { user_id: 'u', traits: { a: 1 }, context: { ip: '192.0.2.1' }, account_id: 'acc-1' }
    const before = JSON.stringify(payload)

    identifyMessage(payload)

    expect(JSON.stringify(payload)).toBe(before)
  })

  it('does not contain the settings of batching', async () => {
    const body = await bodyOf({ type: 'identify', userId: 'u' }, { enable_batching: true, batch_size: 10 })

    expect(body).toEqual({ type: 'identify', userId: 'u' })
  })
})

describe('an event that is nested', () => {
  const nested = (levels: number) => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as JSONObject
  // The event and the field are two levels.
  const event = (type: SegmentEvent['type'], field: string, levels: number): SegmentEvent => ({
    type,
    event: 'e',
    userId: 'u',
    groupId: 'g',
    [field]: { deep: nested(levels - 2) }
  })

  const FIELDS: [SegmentEvent['type'], string][] = [
    ['identify', 'traits'],
    ['identify', 'context'],
    ['group', 'traits'],
    ['group', 'context'],
    ['track', 'properties'],
    ['track', 'context']
  ]

  it.each(FIELDS)('1,000 levels deep in a %s call (%s) is sent', async (type: SegmentEvent['type'], field: string) => {
    expect(await bodyOf(event(type, field, 1000))).toHaveProperty(field)
  })

  it.each(FIELDS)(
    'more than 1,000 levels deep in a %s call (%s) is rejected',
    async (type: SegmentEvent['type'], field: string) => {
      await expect(bodyOf(event(type, field, 1001))).rejects.toMatchObject({
        name: 'PayloadValidationError',
        status: 400,
        code: 'PAYLOAD_VALIDATION_FAILED',
        message: 'The event is nested deeper than 1,000 levels.'
      })
    }
  )

  it.each([1001, 2000])('%d levels deep is the only rejected event of its batch', async (levels: number) => {
    const events: SegmentEvent[] = [
      { type: 'track', event: 'e', userId: 'u1' },
      event('track', 'properties', levels),
      { type: 'track', event: 'e', userId: 'u3' }
    ]
    nock('https://ingest.astrolabe.so')
      .post('/v1/batch', { batch: [{ ...events[0] }, { ...events[2] }] } as unknown as JSONObject)
      .reply(200, { results: [{ status: 200 }, { status: 202 }] })

    const data = { ...settings, subscription: subscriptionFor('track') }
    const [{ multistatus }] = await new Destination(destination).onBatch(events, data)

    expect(multistatus).toMatchObject([
      { status: 200 },
      { status: 400, errortype: 'PAYLOAD_VALIDATION_FAILED' },
      { status: 202 }
    ])
  })

  it('too deeply for the request client is rejected before that', () => {
    expect(() => identifyMessage({ user_id: 'u', traits: { deep: nested(100000) } })).toThrow(
      'The event is nested deeper than 1,000 levels.'
    )
  })
})
