import { defaultValues, Destination } from '@segment/actions-core'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import nock from 'nock'
import type { RequestBodyMatcher } from 'nock'
import destination from '../index'
import group from './fixtures/group.json'
import identify from './fixtures/identify.json'
import track from './fixtures/track.json'

/** An event and the exact message that the default mappings make of it, or the error that the customer sees. */
interface Case {
  title: string
  event: SegmentEvent
  /** Absent if nothing is sent. */
  message?: JSONObject
  /** Astrolabe's response. 200 if absent. */
  response?: { status: number; message: string }
  error?: Failure & { messageInBatch?: string }
}

interface Failure {
  status?: number
  code?: string
  message?: string
}

const BASE_URL = 'https://ingest.astrolabe.so'

const reqheaders = {
  authorization: 'Basic ZmFrZS1hcGkta2V5Og==',
  'content-type': 'application/json',
  'user-agent': 'Segment (Actions)'
}

const settingsFor = ({ type }: SegmentEvent): JSONObject => ({
  apiKey: 'fake-api-key',
  subscription: {
    subscribe: `type = "${type}"`,
    partnerAction: type,
    mapping: defaultValues(destination.actions[type].fields) as JSONObject
  }
})

/** The framework's own validation errors have no code, but this one in a batch. */
const failureOf = ({ status, code = 'PAYLOAD_VALIDATION_FAILED', message }: Failure): Failure => ({
  status,
  code,
  message
})

async function deliver(event: SegmentEvent): Promise<Failure | undefined> {
  return new Destination(destination).onEvent(event, settingsFor(event)).then(() => undefined, failureOf)
}

async function deliverBatch(event: SegmentEvent): Promise<Failure | undefined> {
  const [{ multistatus = [] }] = await new Destination(destination).onBatch([event], settingsFor(event))
  const [result] = multistatus
  return 'errormessage' in result
    ? { status: result.status, code: result.errortype, message: result.errormessage }
    : undefined
}

describe.each<[string, Case[]]>([
  ['identify', identify as unknown as Case[]],
  ['group', group as unknown as Case[]],
  ['track', track as unknown as Case[]]
])('%s', (_action: string, cases: Case[]) => {
  it.each(cases)('$title', async ({ event, message, response, error }: Case) => {
    const { status, ...body } = response ?? { status: 200 }
    if (message) {
      nock(BASE_URL, { reqheaders })
        .post('/v1/events', message as RequestBodyMatcher)
        .reply(status, body)
    }

    expect(await deliver(event)).toEqual(error && failureOf(error))

    expect(nock.pendingMocks()).toEqual([])
  })

  it.each(cases)('$title, in a batch', async ({ event, message, response, error }: Case) => {
    const batch = { batch: [message] }
    if (message) {
      nock(BASE_URL, { reqheaders })
        .post('/v1/batch', batch as RequestBodyMatcher)
        .reply(207, { results: [response ?? { status: 200 }] })
    }

    expect(await deliverBatch(event)).toEqual(
      error && failureOf({ ...error, message: error.messageInBatch ?? error.message })
    )

    expect(nock.pendingMocks()).toEqual([])
  })
})
