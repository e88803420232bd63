import { Destination } from '@segment/actions-core'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import fc from 'fast-check'
import nock from 'nock'
import destination from '../../../src/destinations/astrolabe'
import { stubNetwork } from '../../stubbed-network'

/** The URLs of all requests, fixed before any event is read. */
const MESSAGES = 'POST https://ingest.astrolabe.so:443/v1/events'
const BATCHES = 'POST https://ingest.astrolabe.so:443/v1/batch'
const ELSEWHERE = 'https://attacker.example/v1/events'

/** Names that settings, mappings and events elsewhere use for a URL or a part of one. */
const URL_NAMES = [
  ...['url', 'uri', 'href', 'host', 'hostname', 'port', 'path', 'pathname', 'query', 'search', 'searchParams', 'hash'],
  ...['endpoint', 'baseUrl', 'base_url', 'baseURL', 'prefixUrl', 'origin', 'protocol', 'proxy', 'agent', 'region'],
  ...['method', 'headers', 'redirect', 'ASTROLABE_INGEST_URL', 'ingestUrl', '__proto__', 'constructor']
]

let requested: string[] = []

interface SentRequest {
  method: string
  options: { proto: string; hostname: string; port: number }
}

stubNetwork()

beforeEach(() => {
  requested = []
  for (const method of ['get', 'put', 'post', 'patch', 'delete', 'head', 'options'] as const) {
    nock(/.*/)
      .persist()
      [method](/.*/)
      .reply(function (uri) {
        const { options } = this.req as unknown as SentRequest
        requested.push(`${method.toUpperCase()} ${options.proto}://${options.hostname}:${options.port}${uri}`)
        return [200, { results: [{ status: 200 }, { status: 200 }] }]
      })
  }
})

const presetFor = (action: string) =>
  destination.presets?.find(({ partnerAction }) => partnerAction === action) as unknown as JSONObject

const target = new Destination(destination)

interface Delivery {
  event: SegmentEvent
  settings?: object
  mapping?: object
}

/** Delivers single events and batches, whatever the outcome, and returns the URLs of the requests. */
async function destinationsOf(...deliveries: Delivery[]): Promise<string[]> {
  requested = []
  // At once, because nock takes its time for each request.
  await Promise.all(deliveries.map(deliver))
  return requested
}

async function deliver({ event, settings, mapping }: Delivery): Promise<void> {
  const preset = presetFor(event.type)
  const data = {
    apiKey: 'fake-api-key',
    ...settings,
    subscription: { ...preset, mapping: { ...(preset.mapping as object), ...mapping } }
  } as unknown as JSONObject
  // The event or the mapping may be invalid.
  await target.onEvent(event, data).catch(() => undefined)
  await target.onBatch([event, event], data).catch(() => undefined)
}

const event: SegmentEvent = { type: 'track', event: 'User Registered', userId: 'userId123', properties: {} }

describe('the URL of every request', () => {
  it("is Astrolabe's own, whatever settings, mapping and event contain", async () => {
    const text = fc.oneof(
      fc.constantFrom(ELSEWHERE, '//attacker.example', '../../', '?a', '#a', '@attacker.example'),
      fc.string()
    )
    const name = fc.oneof(fc.constantFrom(...URL_NAMES, ...Object.keys(destination.actions.track.fields)), fc.string())
    const path = fc.oneof(
      fc.constantFrom(...URL_NAMES.map((key) => `$.${key}`), '$.userId', '$.properties.url', '$'),
      fc.string()
    )
    const directive = fc.oneof(
      text,
      fc.jsonValue({ maxDepth: 2 }),
      fc.record({ '@path': path }),
      fc.record({ '@template': path.map((inside) => `https://{{${inside}}}/{{userId}}`) }),
      fc.record({ '@literal': text }),
      fc.record({ '@if': fc.record({ exists: fc.record({ '@path': path }), then: text, else: text }) }),
      fc.record({ '@json': fc.record({ mode: fc.constantFrom('encode', 'decode'), value: text }) }),
      fc.record({
        '@merge': fc.record({ direction: fc.constant('right'), objects: fc.array(fc.dictionary(name, text)) })
      })
    )
    const extras = fc.dictionary(name, fc.oneof(text, fc.jsonValue({ maxDepth: 2 })), { maxKeys: 6 })
    const delivery = fc.record({
      event: fc
        .tuple(extras, extras, extras, fc.constantFrom('identify', 'group', 'track'), text)
        .map(([root, properties, context, type, id]) => {
          const known = { type, event: id, userId: id, groupId: id, messageId: id }
          return { ...root, ...known, properties, traits: properties, context } as unknown as SegmentEvent
        }),
      settings: fc.tuple(extras, text).map(([root, apiKey]) => ({ ...root, apiKey: apiKey || 'fake-api-key' })),
      mapping: fc.dictionary(name, directive, { maxKeys: 6 })
    })
    const seen = new Set<string>()

    await fc.assert(
      fc.asyncProperty(fc.array(delivery, { minLength: 10, maxLength: 10 }), async (given) => {
        for (const url of await destinationsOf(...given)) {
          expect([MESSAGES, BATCHES]).toContain(url)
          seen.add(url)
        }
      }),
      { numRuns: 30 }
    )
    // Some single events and some batches were sent.
    expect([...seen].sort()).toEqual([BATCHES, MESSAGES])
  })

  it.each(URL_NAMES)(
    'does not depend on a setting, a field of the mapping or a property of the event called %s',
    async (name) => {
      const own = Object.fromEntries([[name, ELSEWHERE]])
      const delivery = {
        event: { ...event, ...own, properties: own, context: own } as unknown as SegmentEvent,
        settings: own,
        mapping: { [name]: { '@path': `$.${name}` } }
      }

      expect(await destinationsOf(delivery)).toEqual([MESSAGES, BATCHES])
    }
  )

  it.each([
    ['@template', { '@template': 'https://attacker.example/{{userId}}' }],
    ['@literal', { '@literal': ELSEWHERE }],
    ['@path', { '@path': '$.properties.url' }],
    ['@liquid', { '@liquid': '{{ properties.url }}' }],
    ['text', ELSEWHERE]
  ])('does not depend on the mapping of any field by %s', async (_directive, value) => {
    const known = Object.keys(destination.actions.track.fields).map((field) => ({ [field]: value }))
    // Fields that no action has can't make an event invalid, so all of them go into one mapping.
    const unknown = Object.fromEntries(URL_NAMES.map((name) => [name, value]))
    for (const mapping of [...known, unknown]) {
      const delivery = { event: { ...event, properties: { url: ELSEWHERE } }, mapping }

      for (const url of await destinationsOf(delivery)) {
        expect([MESSAGES, BATCHES]).toContain(url)
      }
    }
  })

  it('does not depend on the environment', async () => {
    process.env.ASTROLABE_INGEST_URL = 'https://attacker.example/v1'

    const urls = await destinationsOf({ event })
    delete process.env.ASTROLABE_INGEST_URL

    expect(urls).toEqual([MESSAGES, BATCHES])
  })

  it('does not depend on the API key that is checked', async () => {
    const settings = { apiKey: '@attacker.example/', endpoint: ELSEWHERE, baseUrl: ELSEWHERE }

    await target.testAuthentication(settings)

    expect(requested).toEqual([MESSAGES])
  })
})
