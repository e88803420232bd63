import { readdirSync, readFileSync } from 'fs'
import path from 'path'
import { Destination } from '@segment/actions-core'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import nock from 'nock'
import destination from '../../../src/destinations/astrolabe'

/**
 * Runs every fixture in fixtures/<action>: the event alone and as a batch of one, with the default mappings. `single` and
 * `batch` are nock definitions; `outcome` holds for both.
 */
type Fixture = {
  title: string
  event: SegmentEvent
  single: nock.Definition[]
  batch: nock.Definition[]
  outcome: Outcome
  /** What the network does instead of carrying the defined answer. */
  fault?: 'reset'
  /** Bytes that are added to the defined answer. */
  padding?: number
}

/** Those in fixtures/batch hold several events, and an outcome for each or one error for all. */
type BatchFixture = Pick<Fixture, 'title' | 'batch'> & {
  events: SegmentEvent[]
  outcomes?: Outcome[]
  error?: Outcome
}

/** `code` and `message` only where the event was not delivered. `{path}` stands for the endpoint. */
type Outcome = { status?: number; code?: string; message?: string }

const FIXTURES = path.join(__dirname, '../../fixtures')
const settings = { apiKey: 'fake-api-key' }

describe.each(Object.keys(destination.actions))('fixtures/%s', (action) => {
  describe.each(readFixtures<Fixture>(action))('$file', ({ title, event, single, batch, outcome, fault, padding }) => {
    it(`${title}: alone`, async () => {
      const scopes = intercept(single, fault, padding)

      expect(await deliver(action, event)).toEqual(onEndpoint(outcome, 'events'))

      expectAllMet(scopes)
    })

    it(`${title}: in a batch`, async () => {
      const scopes = intercept(batch, fault, padding)

      expect(await deliverBatch(action, [event])).toEqual([onEndpoint(outcome, 'batch')])

      expectAllMet(scopes)
    })
  })
})

describe('fixtures/batch', () => {
  it.each(readFixtures<BatchFixture>('batch'))('$file: $title', async ({ events, batch, outcomes, error }) => {
    const scopes = intercept(batch)

    expect(await deliverBatch(events[0].type, events)).toEqual(outcomes ?? events.map(() => error))

    expectAllMet(scopes)
  })
})

/** Bodies that no fixture expected, and requests that met none: both must stay empty. */
let unexpected: unknown[] = []

beforeEach(() => {
  unexpected = []
  nock.disableNetConnect()
  nock.emitter.on('no match', noteUnexpected)
})

afterEach(() => {
  nock.emitter.off('no match', noteUnexpected)
  nock.cleanAll()
})

afterAll(() => {
  nock.restore()
})

function noteUnexpected(request: unknown) {
  unexpected.push(request)
}

function expectAllMet(scopes: nock.Scope[]) {
  expect(unexpected).toEqual([])
  expect(scopes.flatMap((scope) => scope.pendingMocks())).toEqual([])
}

async function deliver(action: string, event: SegmentEvent): Promise<Outcome> {
  const target = new Destination(destination)
  return target.onEvent(event, { ...settings, subscription: automaticPreset(action) }).then(
    () => ({ status: target.responses[0].status }),
    (error: Outcome & { name: string }) => {
      expect(error.name).toBe(errorClass(error))
      return outcomeOf(error)
    }
  )
}

async function deliverBatch(action: string, events: SegmentEvent[]): Promise<Outcome[]> {
  return new Destination(destination).onBatch(events, { ...settings, subscription: automaticPreset(action) }).then(
    ([{ multistatus = [] }]) =>
      multistatus.map((node) =>
        'errormessage' in node
          ? { status: node.status, code: node.errortype, message: node.errormessage }
          : { status: node.status }
      ),
    (error: Outcome) => events.map(() => outcomeOf(error))
  )
}

/** The framework reports its own validation as an AggregateAjvError without a code; in a batch, under this one. */
function outcomeOf({ status, code, message }: Outcome): Outcome {
  return { status, code: code ?? 'PAYLOAD_VALIDATION_FAILED', message }
}

/** The class tells Segment whether to send again; errors of the framework have their own. */
function errorClass({ name, code }: Outcome & { name: string }): string {
  switch (code) {
    case undefined:
      return name
    case 'INVALID_AUTHENTICATION':
      return 'InvalidAuthenticationError'
    case 'RETRYABLE_ERROR':
      return 'RetryableError'
    case 'PAYLOAD_VALIDATION_FAILED':
      return 'PayloadValidationError'
    default:
      return 'IntegrationError'
  }
}

function onEndpoint(outcome: Outcome, endpoint: string): Outcome {
  return outcome.message ? { ...outcome, message: outcome.message.replace('{path}', endpoint) } : outcome
}

function automaticPreset(action: string): JSONObject {
  const preset = destination.presets?.find(
    ({ type, partnerAction }) => type === 'automatic' && partnerAction === action
  )
  return preset as unknown as JSONObject
}

function intercept(definitions: nock.Definition[], fault?: Fixture['fault'], padding?: number): nock.Scope[] {
  if (!fault) {
    return nock.define(definitions.map((definition) => (padding ? padded(definition, padding) : definition)))
  }
  return definitions.map(({ scope, path, body, options, reqheaders }) => {
    const interceptor = nock(scope, { ...options, reqheaders }).post(path, body)
    return interceptor.replyWithError(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }))
  })
}

function padded(definition: nock.Definition, bytes: number): nock.Definition {
  return { ...definition, response: { ...(definition.response as object), padding: 'x'.repeat(bytes) } }
}

function readFixtures<T>(folder: string): (T & { file: string })[] {
  return filesBelow(path.join(FIXTURES, folder)).map((file) => ({
    file: path.relative(path.join(FIXTURES, folder), file),
    ...(JSON.parse(readFileSync(file, 'utf8')) as T)
  }))
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(full) : [full]
  })
}
