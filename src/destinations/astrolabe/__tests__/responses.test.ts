import { defaultValues, Destination } from '@segment/actions-core'
import type { JSONObject, RequestClient } from '@segment/actions-core'
import nock from 'nock'
import type { ReplyBody, ReplyHeaders } from 'nock'
import destination from '../index'
import { sendMessage } from '../ingest'
import statuses from './fixtures/statuses.json'

interface Failure {
  name?: string
  status?: number
  code?: string
  message?: string
}

interface Row {
  status: number
  /** The error if Astrolabe gives no message. */
  error: Failure
}

const BASE_URL = 'https://ingest.astrolabe.so'
const settings = { apiKey: 'fake-api-key' }
const event = { type: 'track', event: 'User Registered', userId: 'userId123' } as const

const REDIRECT =
  'Astrolabe responded with a redirect. It is not followed, because the API key must not reach another host. Contact team@astrolabe.so.'
const BATCH_UNSUPPORTED = 'This Astrolabe API has no batch endpoint. Turn "Enable Batching" off in this mapping.'
const BATCH_TOO_LARGE =
  'The batch is larger than Astrolabe accepts. Turn "Enable Batching" off in this mapping, or map fewer or smaller traits, properties or context.'

const data = {
  ...settings,
  subscription: {
    subscribe: 'type = "track"',
    partnerAction: 'track',
    mapping: defaultValues(destination.actions.track.fields) as JSONObject
  }
}

const failureOf = ({ name, status, code, message }: Failure): Failure => ({ name, status, code, message })

/** Undefined if the event is delivered. */
async function deliver(): Promise<Failure | undefined> {
  return new Destination(destination).onEvent(event, data).then(() => undefined, failureOf)
}

/** The error of the event in a batch of one, or of the whole batch. */
async function deliverBatch(): Promise<Failure | undefined> {
  return new Destination(destination).onBatch([event], data).then(([{ multistatus = [] }]) => {
    const [result] = multistatus
    return 'errormessage' in result
      ? { status: result.status, code: result.errortype, message: result.errormessage }
      : undefined
  }, failureOf)
}

function reply(status: number, body?: ReplyBody, headers?: ReplyHeaders): void {
  nock(BASE_URL)
    .post(/^\/v1\/(events|batch)$/)
    .reply(status, body, headers)
}

afterEach(() => {
  jest.restoreAllMocks()
})

describe('a status', () => {
  it.each([200, 202, 204])('of %d confirms an event, whatever the body', async (status: number) => {
    reply(status)

    expect(await deliver()).toBeUndefined()
  })

  it.each(statuses)("of $status with a message is $error.name with Astrolabe's message", async (row: Row) => {
    reply(row.status, { message: `Astrolabe says ${row.status}.` })

    expect(await deliver()).toEqual({ ...row.error, message: `Astrolabe says ${row.status}.` })
  })

  it.each(statuses)('of $status without a message is $error.name that says what to do', async (row: Row) => {
    reply(row.status)

    expect(await deliver()).toEqual(row.error)
  })

  it.each(statuses)('of $status as a result in a batch is the same error', async ({ status, error }: Row) => {
    const { name: _name, ...expected } = error
    reply(207, { results: [{ status }] })

    expect(await deliverBatch()).toEqual(expected)
  })

  it.each(statuses)('of $status for a whole batch is one error for all', async ({ status, error }: Row) => {
    const message = [404, 405, 501].includes(status) ? BATCH_UNSUPPORTED : `Astrolabe says ${status}.`
    reply(status, { message: `Astrolabe says ${status}.` })

    expect(await deliverBatch()).toEqual({ ...error, message })
  })

  it('of 413 without a message for a whole batch says what to do', async () => {
    reply(413)

    expect(await deliverBatch()).toMatchObject({ code: 'PAYLOAD_TOO_LARGE', message: BATCH_TOO_LARGE })
  })

  it.each<[number, string]>([
    [302, 'FOUND'],
    [307, 'TEMPORARY_REDIRECT']
  ])('of %d is not followed', async (status: number, code: string) => {
    const expected = { name: 'IntegrationError', status, code, message: REDIRECT }
    const attacker = nock('https://attacker.example').post(/.*/).reply(200).get(/.*/).reply(200)
    const headers = { Location: 'https://attacker.example/v1/events' }
    reply(status, { message: 'Moved.' }, headers)
    expect(await deliver()).toEqual(expected)

    reply(status, { message: 'Moved.' }, headers)
    expect(await deliverBatch()).toEqual(expected)

    expect(attacker.pendingMocks()).toHaveLength(2)
  })
})

describe("Astrolabe's message", () => {
  const SILENT = 'Astrolabe rejected the event without a reason (status 400). Check the mapping of this action.'

  it.each<[string, unknown, string]>([
    ['is cut at 500 characters', 'x'.repeat(600), 'x'.repeat(500)],
    ['keeps characters that take two units', 'Bad 😀 plan.', 'Bad 😀 plan.'],
    ['is not cut inside a character', `${'x'.repeat(499)}😀`, 'x'.repeat(499)],
    ['is shown if it is as long as a message may be', 'x'.repeat(2000), 'x'.repeat(500)],
    ['is not shown if it is longer than a message', 'x'.repeat(2001), SILENT],
    ['is not shown if it is not a string', { secret: 'x' }, SILENT],
    ['is not shown if it is blank', ' \n', SILENT],
    [
      'loses control characters and repeated white space',
      ' Bad\r\n\tplan\u0000 \u001b[31mred\u202e ',
      'Bad plan [31mred'
    ],
    ['is not shown if it quotes the API key', 'Key fake-api-key is wrong.', SILENT],
    ['is not shown if it quotes the API key as it is sent', 'Not with Basic ZmFrZS1hcGkta2V5Og==.', SILENT],
    ['is not shown if it hides the API key', 'Key fake\u200b-api-\u0000key is wrong.', SILENT],
    ['is not shown if it is cut inside the API key', `${'x'.repeat(495)} fake-api-key`, SILENT]
  ])('%s', async (_what: string, message: unknown, shown: string) => {
    reply(400, { message } as ReplyBody)
    expect(await deliver()).toMatchObject({ message: shown })

    reply(207, { results: [{ status: 400, message }] } as ReplyBody)
    expect(await deliverBatch()).toMatchObject({ message: shown })
  })

  it('is read from JSON of any content type', async () => {
    reply(422, '{"message":"Plan is unknown."}', { 'Content-Type': 'text/plain' })

    expect(await deliver()).toMatchObject({ message: 'Plan is unknown.' })
  })

  it('is not read from an HTML page', async () => {
    reply(502, '<html><body>{"message": "Bad Gateway"}</body></html>', { 'Content-Type': 'text/html' })

    expect(await deliver()).toMatchObject({ message: 'Astrolabe is temporarily unavailable (status 502).' })
  })

  it('is not returned if the event is delivered: Segment would show it as it is', async () => {
    reply(200, { message: 'Hello fake-api-key.' })

    const results = await new Destination(destination).onEvent(event, data)

    expect(results[results.length - 1]).toEqual({ output: 'Action Executed', data: undefined })
  })
})

describe('a response', () => {
  it('that does not come is an error that Segment retries', async () => {
    const reset = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })
    nock(BASE_URL).post('/v1/events').replyWithError(reset)

    expect(await deliver()).toEqual({
      name: 'RetryableError',
      status: 500,
      code: 'RETRYABLE_ERROR',
      message:
        'Astrolabe did not respond (request to https://ingest.astrolabe.so/v1/events failed, reason: socket hang up).'
    })
  })

  it('that comes too late is an error with status 408', async () => {
    const timeout = Object.assign(new Error('Request timed out after 10000ms'), { code: 'ETIMEDOUT' })

    await expect(sendMessage(() => Promise.reject(timeout), settings, { type: 'track' })).rejects.toMatchObject({
      name: 'RetryableError',
      status: 408,
      message: 'Astrolabe did not respond (Request timed out after 10000ms).'
    })
  })

  it('that the platform does not wait for is its own error', async () => {
    const aborted = Object.assign(new Error('Request was aborted'), { status: 408 })

    await expect(sendMessage(() => Promise.reject(aborted), settings, { type: 'track' })).rejects.toBe(aborted)
  })

  it.each<[string, number]>([
    ['100 KB', 100 * 1024],
    ['10 MB', 10 * 1024 * 1024 - 100]
  ])('of %s is read', async (_size: string, length: number) => {
    reply(200, { padding: 'x'.repeat(length) })
    expect(await deliver()).toBeUndefined()

    reply(200, { results: [{ status: 200 }], padding: 'x'.repeat(length) })
    expect(await deliverBatch()).toBeUndefined()
  })

  it('of more than 10 MB is not read', async () => {
    // node-fetch leaves the timer of such a body running, which would hold up the end of the tests.
    const { setTimeout } = global
    jest.spyOn(global, 'setTimeout').mockImplementation((callback, delay) => setTimeout(callback, delay).unref())
    const tooLarge = { status: 500, message: "Astrolabe's response is larger than 10 MB." }
    const padding = 'x'.repeat(10 * 1024 * 1024)
    reply(200, { padding })
    expect(await deliver()).toMatchObject(tooLarge)

    reply(200, { results: [{ status: 200 }], padding })
    expect(await deliverBatch()).toMatchObject(tooLarge)
  })
})

describe('a request', () => {
  it('that cannot be built is rejected with an error that quotes nothing', async () => {
    const request: RequestClient = () => {
      throw new RangeError('Invalid string length of userId123')
    }

    await expect(sendMessage(request, settings, { type: 'track' })).rejects.toMatchObject({
      name: 'PayloadValidationError',
      status: 400,
      code: 'PAYLOAD_VALIDATION_FAILED',
      message: "The data can't be written as JSON."
    })
  })
})
