import { createRequestClient, defaultValues, Destination } from '@segment/actions-core'
import type { IntegrationError, JSONObject, SegmentEvent } from '@segment/actions-core'
import nock from 'nock'
import type { ReplyBody, RequestBodyMatcher } from 'nock'
import { sendBatch } from '../batch'
import destination from '../index'
import fixtures from './fixtures/batch.json'

/** A status if the event is delivered, else the error: `400 BAD_REQUEST: Event name is reserved.` */
type Outcome = number | string

/** Events of one batch and what becomes of each, or one error for all. */
interface Case {
  title: string
  /** Of the events. `track` if absent. */
  type?: 'identify' | 'group'
  /** How a track event differs from `track(n)`, where n counts from 1, or all that another event has besides its type. */
  events?: JSONObject[]
  /** The events that are sent, by n. All if absent. */
  sent?: number[]
  /** Absent if nothing is sent. A result that is a number is one with this status. */
  response?: { status: number; results?: (JSONObject | number | null)[]; body?: JSONObject | string }
  outcomes?: Outcome[]
  error?: Outcome
}

const BASE_URL = 'https://ingest.astrolabe.so'
const settings = { apiKey: 'fake-api-key' }

const track = (n: number): JSONObject => ({
  type: 'track',
  event: 'User Registered',
  userId: `userId${n}`,
  messageId: `segment-test-message-${n}`
})

async function deliver(events: JSONObject[]) {
  const type = events[0].type as string
  const subscription = {
    subscribe: `type = "${type}"`,
    partnerAction: type,
    mapping: defaultValues(destination.actions[type].fields) as JSONObject
  }
  const data = { ...settings, subscription }
  const [{ multistatus = [] }] = await new Destination(destination).onBatch(events as unknown as SegmentEvent[], data)
  return multistatus
}

function reply(messages: JSONObject[], status: number, body: JSONObject | string): void {
  nock(BASE_URL)
    .post('/v1/batch', { batch: messages } as RequestBodyMatcher)
    .reply(status, body as ReplyBody)
}

function outcomeOf(status?: number, code?: string, message?: string): Outcome | undefined {
  return code === undefined ? status : `${status} ${code}: ${message}`
}

describe('a batch', () => {
  it.each(fixtures as unknown as Case[])('$title', async (fixture: Case) => {
    const { type, events: given = [{}, {}, {}], sent, response, outcomes, error } = fixture
    const events = given.map((event, index) => ({ ...(type ? { type } : track(index + 1)), ...event }))
    if (response) {
      const results = response.results?.map((result) => (typeof result === 'number' ? { status: result } : result))
      const messages = sent?.map((n) => events[n - 1]) ?? events
      reply(messages, response.status, response.body ?? ({ results } as JSONObject))
    }

    const results = await deliver(events).then(
      (multistatus) =>
        multistatus.map((result) =>
          'errormessage' in result
            ? outcomeOf(result.status, result.errortype, result.errormessage)
            : outcomeOf(result.status)
        ),
      ({ status, code, message }: IntegrationError) => outcomeOf(status, code, message)
    )

    expect(results).toEqual(outcomes ?? error)
    expect(nock.pendingMocks()).toEqual([])
  })
})

describe('a result', () => {
  it('names the message that was sent, and of the response only what is fit to be shown', async () => {
    const events = [track(1), track(2), track(3), track(4), { ...track(5), event: '' }]
    const debug = 'fake-api-key'
    const results: JSONObject[] = [
      { status: 200, debug },
      { status: 400, message: 'Bad\nplan.', debug },
      { debug },
      { status: 202 }
    ]
    reply(events.slice(0, 4), 207, { results })

    expect(await deliver(events)).toEqual([
      { status: 200, sent: track(1), body: { status: 200 } },
      {
        status: 400,
        errortype: 'BAD_REQUEST',
        errormessage: 'Bad plan.',
        sent: track(2),
        body: { status: 400, message: 'Bad plan.' },
        errorreporter: 'DESTINATION'
      },
      {
        status: 500,
        errortype: 'RETRYABLE_ERROR',
        errormessage: "Astrolabe's response does not contain a valid result for this event.",
        sent: track(3),
        body: {},
        errorreporter: 'DESTINATION'
      },
      { status: 202, sent: track(4), body: { status: 202 } },
      {
        status: 400,
        errortype: 'PAYLOAD_VALIDATION_FAILED',
        errormessage: 'Event Name is empty. Map it to the name of the event, which Astrolabe requires.',
        errorreporter: 'INTEGRATIONS'
      }
    ])
  })

  it.each<unknown>([199, 300, 399, 600, '200', ['400']])('with the status %j is not valid', async (status: unknown) => {
    reply([track(1)], 207, { results: [{ status }] } as JSONObject)

    expect(await deliver([track(1)])).toMatchObject([
      { status: 500, errormessage: "Astrolabe's response does not contain a valid result for this event.", body: {} }
    ])
  })

  it('has our own sentence if its message quotes the API key, and only then', async () => {
    const messages = ['Bad plan.', 'Bad fake-api-key.', 'Bad fake-api-key.', 'Bad plan.']
    const events = messages.map((_message, index) => track(index))
    reply(events, 207, { results: messages.map((message) => ({ status: 422, message })) })

    const withheld = 'Astrolabe rejected the event without a reason (status 422). Check the mapping of this action.'
    expect(await deliver(events)).toMatchObject(
      ['Bad plan.', withheld, withheld, 'Bad plan.'].map((errormessage) => ({ errormessage }))
    )
  })

  it('asks for a retry of a payload that breaks the mapping, and of no other', async () => {
    const broken = (): never => {
      throw new TypeError('x is not a function')
    }

    const responses = await sendBatch(createRequestClient(), settings, [{}], broken)

    expect(responses.getAllResponses().map((response) => response.value())).toEqual([
      { status: 500, errortype: 'INTERNAL_SERVER_ERROR', errormessage: 'x is not a function' }
    ])
  })
})
