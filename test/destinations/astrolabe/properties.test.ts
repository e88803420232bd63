import { text } from 'stream/consumers'
import { Destination } from '@segment/actions-core'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import fc from 'fast-check'
import * as catalog from '../../../src/catalog'
import { startServer } from '../../http'
import type { LocalServer } from '../../http'

const { destination } = catalog
const settings = { apiKey: 'fake-api-key' }

let sent: JSONObject[] = []

/** A real server: per request it costs a fraction of what nock does. */
let astrolabe: LocalServer

let target: Destination<{ apiKey: string }>

beforeAll(async () => {
  astrolabe = await startServer((request, response) => {
    void text(request).then((body) => {
      sent.push(JSON.parse(body) as JSONObject)
      response.setHeader('content-type', 'application/json').end('{"results":[{"status":200}]}')
    })
  })
  target = new Destination(catalog.withBaseUrl(destination, `${astrolabe.origin}/v1`))
})

afterAll(() => astrolabe.close())

const subscription = (action: string) =>
  destination.presets?.find(({ partnerAction }) => partnerAction === action) as unknown as JSONObject

/** What reached Astrolabe, or the status and code if nothing did. The wording may differ. */
type Outcome = { sent: unknown } | { status?: number; code: string }

/** The framework's own validation errors have no code, but this one in a batch. */
const rejection = ({ status, code = 'PAYLOAD_VALIDATION_FAILED' }: { status?: number; code?: string }) => ({
  status,
  code
})

async function deliver(event: SegmentEvent): Promise<Outcome> {
  sent = []
  return target
    .onEvent(event, { ...settings, subscription: subscription(event.type) })
    .then(() => ({ sent: sent[0] }), rejection)
}

async function deliverInBatch(event: SegmentEvent): Promise<Outcome> {
  sent = []
  return target
    .onBatch([event], { ...settings, subscription: subscription(event.type) })
    .then(([{ multistatus = [] }]) => {
      const [node] = multistatus
      return 'errormessage' in node
        ? rejection({ status: node.status, code: node.errortype })
        : { sent: (sent[0].batch as JSONObject[])[0] }
    })
    .catch(rejection)
}

/** Any JSON, without keys named `__proto__`, which the framework drops. */
const json = fc.jsonValue({ maxDepth: 4 }).filter((value) => !JSON.stringify(value).includes('"__proto__"'))
const jsonObject = fc
  .dictionary(
    fc.string().filter((key) => key !== '__proto__'),
    json,
    { maxKeys: 8 }
  )
  .map((value) => JSON.parse(JSON.stringify(value)) as JSONObject)

describe('any JSON object', () => {
  it.each([
    ['traits', 'identify'],
    ['context', 'identify'],
    ['traits', 'group'],
    ['context', 'group'],
    ['properties', 'track'],
    ['context', 'track']
  ])('as %s of %s arrives unchanged', async (key, type) => {
    await fc.assert(
      fc.asyncProperty(jsonObject, async (value) => {
        const event = { type, userId: 'u', groupId: 'g', event: 'e', [key]: value } as unknown as SegmentEvent

        const outcome = await deliver(event)

        expect(outcome).toMatchObject({ sent: expect.anything() })
        expect((outcome as { sent: JSONObject }).sent[key]).toEqual(value)
      })
    )
  })
})

describe('any event', () => {
  const blankOrNot = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('', null, ' ', 0, false) },
    { weight: 3, arbitrary: fc.string() },
    { weight: 1, arbitrary: json }
  )
  const date = fc.oneof(
    blankOrNot,
    fc.date({ noInvalidDate: true }).map((value) => value.toISOString()),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer({ min: 1e9, max: 2e12 }).map(String)
  )
  const anyEvent = fc
    .record(
      {
        type: fc.constantFrom('identify', 'group', 'track'),
        userId: blankOrNot,
        anonymousId: blankOrNot,
        groupId: blankOrNot,
        event: blankOrNot,
        messageId: blankOrNot,
        traits: fc.oneof(jsonObject, blankOrNot),
        properties: fc.oneof(jsonObject, blankOrNot),
        context: fc.oneof(jsonObject, blankOrNot, fc.record({ groupId: blankOrNot })),
        timestamp: date,
        sentAt: date,
        receivedAt: date
      },
      { requiredKeys: ['type'] }
    )
    .map((event) => JSON.parse(JSON.stringify(event)) as SegmentEvent)

  /** The framework itself breaks on such an event, and only in a batch before it validates the event. */
  const breaksFramework = ({ context }: SegmentEvent) => context === null || context?.personas === null

  it('has the same outcome as a single event and in a batch of one', async () => {
    await fc.assert(
      fc.asyncProperty(anyEvent, async (event) => {
        fc.pre(!breaksFramework(event))
        expect(await deliverInBatch(event)).toEqual(await deliver(event))
      }),
      { numRuns: 500 }
    )
  })
})
