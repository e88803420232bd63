import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { MALFORMED_CREDENTIALS, NO_KEY, WRONG_KEY } from '../../src/contract/credentials'
import type { Credentials } from '../../src/contract/credentials'
import { RULES } from '../../src/contract/rules'
import { basic } from '../sandbox/sandbox-client'
import { API_KEY, check, idsWith, KEY_WITHOUT_PERMISSION, reasonFor, sandbox } from './check-sandbox'

interface Body {
  type?: string
  event?: string
  userId?: string
  messageId?: string
  traits?: Record<string, unknown>
  properties?: Record<string, unknown>
  batch?: unknown[]
}

interface Answer {
  results: { status: number; message?: string }[]
}

type Misbehavior = (app: FastifyInstance) => void

const MALFORMED = { message: 'malformed' }

/** Answers messages, once the key has been taken and the body read. */
function answering(isMeant: (body: Body) => boolean, status: number, answer: object = MALFORMED): Misbehavior {
  return (app) =>
    app.addHook('preHandler', async ({ body, url }, reply) => {
      if (url === '/v1/events' && isObject(body) && isMeant(body)) {
        return reply.code(status).send(answer)
      }
    })
}

/** Answers batches of so many messages. */
function answeringBatch(length: number, status: number, answer: object): Misbehavior {
  return (app) =>
    app.addHook('preHandler', async ({ body, url }, reply) => {
      if (url === '/v1/batch' && (body as Body).batch?.length === length) {
        return reply.code(status).send(answer)
      }
    })
}

/** Changes what the sandbox answers to batches of so many messages. */
function changingBatch(length: number, change: (answer: Answer) => unknown): Misbehavior {
  return (app) =>
    app.addHook('onSend', async ({ body }, _reply, payload) =>
      (body as Body | undefined)?.batch?.length === length
        ? JSON.stringify(change(JSON.parse(String(payload)) as Answer))
        : payload
    )
}

/** Answers requests once the key has been taken, before the body is read. */
function answeringRequests(isMeant: (request: FastifyRequest) => boolean, status: number, answer: object): Misbehavior {
  return (app) =>
    app.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
      if (isMeant(request)) {
        return reply.code(status).send(answer)
      }
    })
}

/** Takes these credentials for good ones: changed before the sandbox sees the request, as its key check comes first. */
function taking({ authorization }: Omit<Credentials, 'name'>, isMeant = isEvent): Misbehavior {
  return (app) =>
    app.server.prependListener('request', (request: IncomingMessage) => {
      if (request.headers.authorization === authorization && isMeant(request)) {
        request.headers.authorization = basic(`${API_KEY}:`)
      }
    })
}

const isEvent = ({ url }: IncomingMessage) => url === '/v1/events'
const isBatch = ({ url }: IncomingMessage) => url === '/v1/batch'
const isEmpty = ({ headers }: IncomingMessage) => headers['content-length'] === '2'
const isObject = (body: unknown): body is Body => typeof body === 'object' && body !== null && !Array.isArray(body)
const hasKeys =
  (...keys: string[]) =>
  (body: Body) =>
    Object.keys(body).sort().join() === keys.sort().join()
const is = (type: string) => (body: Body) => body.type === type
const size = ({ headers }: FastifyRequest) => Number(headers['content-length'])

const refusingTheSecond: Misbehavior = (app) => {
  const known = new Set<unknown>()
  answering(({ messageId }) => messageId !== undefined && known.size === known.add(messageId).size, 409)(app)
}

const closingConnections: Misbehavior = (app) =>
  app.addHook('onSend', async (_request, reply) => {
    reply.header('connection', 'close')
  })

const sayingNothing: Misbehavior = (app) =>
  app.addHook('onSend', async ({ url }, reply, payload) =>
    reply.statusCode >= 400 && url === '/v1/events' ? '' : payload
  )

const stallingOnAlias: Misbehavior = (app) =>
  app.addHook('preHandler', (request, _reply, done) => {
    if (!isObject(request.body) || !is('alias')(request.body)) {
      done()
    }
  })

/** Passes its limit with the 100th request, which is one of the load's. */
const limiting =
  (status: number, headers: Record<string, string>): Misbehavior =>
  (app) => {
    let requests = 0
    app.addHook('preHandler', async (_request, reply) => {
      if (++requests > 100) {
        return reply.code(status).headers(headers).send({})
      }
    })
  }

const WRONG: [rule: string, misbehavior: Misbehavior, reason: string][] = [
  [
    'good-key',
    answeringRequests(({ headers }) => headers.authorization === basic(`${API_KEY}:`), 401, {}),
    'Answered 401: is this a key of this API?'
  ],
  ['wrong-key', taking(WRONG_KEY), 'Answered 200 where 401 is right.'],
  ['no-key', taking(NO_KEY), 'Answered 200 where 401 is right.'],
  ['malformed-key', taking(MALFORMED_CREDENTIALS), 'Answered 200 where 401 is right.'],
  ['permission', taking({ authorization: basic(`${KEY_WITHOUT_PERMISSION}:`) }), 'Answered 200 where 403 is right.'],
  ['key-checked-first', taking(WRONG_KEY, isEmpty), 'Answered 400 where 401 is right.'],
  ['identify-least', answering(hasKeys('type', 'anonymousId'), 400), 'Answered 400 where 200 or 202 is right.'],
  [
    'identify-most',
    answering(({ type, traits }) => type === 'identify' && traits?.address !== undefined, 400),
    'Answered 400 where 200 or 202 is right.'
  ],
  ['group-least', answering(hasKeys('type', 'groupId'), 500), 'Answered 500 where 200 or 202 is right.'],
  [
    'group-most',
    answering(({ type, traits }) => type === 'group' && traits?.address !== undefined, 400),
    'Answered 400 where 200 or 202 is right.'
  ],
  ['track-least', answering(hasKeys('type', 'event', 'anonymousId'), 204), 'Answered 204 where 200 or 202 is right.'],
  [
    'track-most',
    answering(({ properties }) => properties?.revenue !== undefined, 400),
    'Answered 400 where 200 or 202 is right.'
  ],
  [
    'empty-values',
    answering(({ properties }) => properties?.cleared === null, 400),
    'Answered 400 where 200 or 202 is right.'
  ],
  ['unicode', answering(({ traits }) => traits?.emoji !== undefined, 400), 'Answered 400 where 200 or 202 is right.'],
  [
    'message-of-32-kb',
    answering((body) => JSON.stringify(body).length > 30_000, 413),
    'Answered 413 where 200 or 202 is right.'
  ],
  [
    'message-too-large',
    answeringRequests((request) => size(request) > 32 * 1024 && request.url === '/v1/events', 500, {}),
    'Answered 500 where 413 is right.'
  ],
  ['duplicates', refusingTheSecond, 'Answered 409 where 200 or 202 is right.'],
  ['page', answering(is('page'), 200), 'Answered 200 where 501 is right.'],
  ['screen', answering(is('screen'), 400), 'Answered 400 where 501 is right.'],
  ['alias', answering(is('alias'), 202), 'Answered 202 where 501 is right.'],
  ['malformed-body', answeringRequests((request) => size(request) === 1, 500, {}), 'Answered 500 where 400 is right.'],
  [
    'missing-field',
    answering(({ type, event }) => type === 'track' && !event, 200),
    'Answered 200 where 400 is right.'
  ],
  ['empty-message', answering(hasKeys(), 422), 'Answered 422 where 400 is right.'],
  ['refusals-explained', sayingNothing, 'The body is not {"message": "…"}.'],
  ['batch-endpoint', changingBatch(2, ({ results }) => ({ results: results.slice(1) })), '1 results for 2 messages.'],
  ['batch-taken', answeringBatch(3, 500, {}), 'Answered 500 where 200 or 207 is right.'],
  [
    'batch-mixed',
    changingBatch(5, ({ results }) => ({ results: results.reverse() })),
    'Results 200, 400, 200, 501, 200 where 200, 501, 200, 400, 200 is right.'
  ],
  [
    'batch-explained',
    changingBatch(1, () => ({ results: [{ status: 400 }] })),
    'The result is not {"status": 400, "message": "…"}.'
  ],
  ['batch-key', taking(WRONG_KEY, isBatch), 'Answered 207 where 401 is right.'],
  ['batch-large', answeringBatch(1000, 413, {}), 'Answered 413 where 200 or 207 is right.'],
  ['batch-too-large', answeringBatch(1001, 207, { results: [] }), 'Answered 207 where 413 is right.'],
  ['keep-alive', closingConnections, '5 requests, one after the other, took 5 connections.'],
  ['answers-in-time', stallingOnAlias, '1 of 53 requests had no answer in time.'],
  ['rate-limit', limiting(429, {}), 'Answered 429 without a Retry-After of seconds or an HTTP date.']
]

describe('an API that breaks one rule', () => {
  it.each(WRONG)('is found out where that is %s', async (rule, misbehavior, reason) => {
    const report = await check(sandbox(misbehavior), {
      timeLimit: 2000,
      load: rule === 'rate-limit' ? { rate: 500, seconds: 1 } : undefined
    })

    expect(idsWith('broken', report)).toEqual([rule])
    expect(reasonFor(rule, report)).toBe(reason)
    expect(report.isKept).toBe(RULES.find(({ id }) => id === rule)?.source === 'assumed')
  })

  it('can break any rule', () => {
    // https.test.ts breaks the first: it needs another host than this machine.
    expect(new Set(['https', ...WRONG.map(([rule]) => rule)])).toEqual(new Set(RULES.map(({ id }) => id)))
  })
})

describe('an API that looks at messages before keys', () => {
  it.each([400, 422, 501])('is asked again with a whole message where it answers %d', async (status) => {
    const report = await check(
      sandbox((app) =>
        app.server.prependListener('request', (request: IncomingMessage) => {
          request.headers.authorization = isEmpty(request) ? basic(`${API_KEY}:`) : request.headers.authorization
        })
      ).addHook('preHandler', async ({ body }, reply) => {
        if (isObject(body) && hasKeys()(body)) {
          return reply.code(status).send(MALFORMED)
        }
      })
    )

    expect(idsWith('broken', report)).toEqual(['key-checked-first', ...(status === 400 ? [] : ['empty-message'])])
    expect(idsWith('holds', report)).toEqual(
      expect.arrayContaining(['wrong-key', 'no-key', 'malformed-key', 'permission'])
    )
  })
})

describe('an API without a right batch endpoint', () => {
  it.each<[string, Misbehavior, string]>([
    ['answers no results', changingBatch(2, () => ({})), 'The answer is not {"results": […]}.'],
    ['answers no object', changingBatch(2, () => null), 'The answer is not {"results": […]}.'],
    ['answers results without a status', changingBatch(2, () => ({ results: [{}, null] })), 'A result has no status.'],
    ['answers too many results', changingBatch(2, () => ({ results: [{}, {}, {}] })), '3 results for 2 messages.']
  ])('that %s is found out', async (_case, misbehavior, reason) => {
    const report = await check(sandbox(misbehavior), { readOnly: true })

    expect(idsWith('broken', report)).toEqual(['batch-endpoint'])
    expect(reasonFor('batch-endpoint', report)).toBe(reason)
  })
})

describe('a key that is not taken', () => {
  it.each([
    [403, 'Answered 403: is this a key of this API?'],
    [404, 'Answered 404: is this the base URL of the ingest API?'],
    [302, 'Answered 302: a redirect, which is not followed, as the key must not travel on.'],
    [500, 'Answered 500 where 400 is right.']
  ])('by an answer of %d is all that is said of what needs it', async (status, reason) => {
    const isGood = ({ headers }: FastifyRequest) => headers.authorization === basic(`${API_KEY}:`)
    const report = await check(sandbox(answeringRequests(isGood, status, {})))

    expect(idsWith('broken', report)).toEqual(['good-key'])
    expect(reasonFor('good-key', report)).toBe(reason)
    expect(idsWith('holds', report)).toEqual([
      'wrong-key',
      'no-key',
      'malformed-key',
      'permission',
      'key-checked-first',
      'answers-in-time'
    ])
    expect(reasonFor('batch-mixed', report)).toBe('Shows nothing while "good-key" is broken.')
  })
})

describe('the load', () => {
  const load = { rate: 500, seconds: 1 }

  it.each(['120', 'Wed, 21 Oct 2099 07:28:00 GMT'])('shows the rate limit by Retry-After: %s', async (retryAfter) => {
    const report = await check(sandbox(limiting(429, { 'retry-after': retryAfter })), { load })

    expect(idsWith('broken', report)).toEqual([])
    expect(idsWith('holds', report)).toContain('rate-limit')
  })

  it.each(['soon', '', '-1'])('finds out a Retry-After that says nothing: %j', async (retryAfter) => {
    const report = await check(sandbox(limiting(429, { 'retry-after': retryAfter })), { load })

    expect(idsWith('broken', report)).toEqual(['rate-limit'])
  })

  it('finds out an API that fails under it', async () => {
    const report = await check(sandbox(limiting(503, {})), { load })

    expect(reasonFor('rate-limit', report)).toBe('Answered 503 at 500 requests a second, where 429 is right.')
    expect(idsWith('broken', report)).toEqual(['rate-limit'])
  })

  it('shows nothing where it does not pass the limit, and ends', async () => {
    const report = await check(sandbox(), { load: { rate: 500, seconds: 0.1 } })

    expect(idsWith('not shown', report)).toContain('rate-limit')
    expect(reasonFor('rate-limit', report)).toBe('50 requests at 500 a second did not pass the limit.')
  })
})
