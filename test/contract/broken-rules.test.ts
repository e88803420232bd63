import { spawn } from 'node:child_process'
import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { MALFORMED_CREDENTIALS, NO_KEY, WRONG_KEY } from '../../src/contract/credentials'
import type { Credentials } from '../../src/contract/credentials'
import { RULES } from '../../src/contract/rules'
import { basic } from '../http'
import { API_KEY, check, checkAt, idsWith, KEY_WITHOUT_PERMISSION, reasonFor, sandbox, serve } from './check-sandbox'

interface Body {
  type?: string
  event?: string
  userId?: string
  messageId?: string
  traits?: Record<string, unknown>
  properties?: Record<string, unknown>
  batch?: unknown[]
}

interface BatchBody {
  results: { status: number; message?: string }[]
}

type Fault = (app: FastifyInstance) => void

/** Sends 150 requests: more than the limit of `limit`. */
const LOAD = { rate: 500, seconds: 0.3 }

const MALFORMED = { message: 'malformed' }

/** Responds to messages after the key was accepted and the body was read. */
function respondTo(isMeant: (body: Body) => boolean, status: number, answer: object = MALFORMED): Fault {
  return (app) =>
    app.addHook('preHandler', async ({ body, url }, reply) => {
      if (url === '/v1/events' && isObject(body) && isMeant(body)) {
        return reply.code(status).send(answer)
      }
    })
}

/** Responds to batches of this length. */
function respondToBatch(length: number, status: number, answer: object): Fault {
  return (app) =>
    app.addHook('preHandler', async ({ body, url }, reply) => {
      if (url === '/v1/batch' && (body as Body).batch?.length === length) {
        return reply.code(status).send(answer)
      }
    })
}

/** Changes the sandbox's response to batches of this length. */
function changeBatch(length: number, change: (body: BatchBody) => unknown): Fault {
  return (app) =>
    app.addHook('onSend', async ({ body }, _reply, payload) =>
      (body as Body | undefined)?.batch?.length === length
        ? JSON.stringify(change(JSON.parse(String(payload)) as BatchBody))
        : payload
    )
}

/** Responds after the key was accepted and before the body is read. */
function respondToRequests(isMeant: (request: FastifyRequest) => boolean, status: number, answer: object): Fault {
  return (app) =>
    app.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
      if (isMeant(request)) {
        return reply.code(status).send(answer)
      }
    })
}

/** Accepts these credentials. They are replaced before the sandbox sees the request, because it checks the key first. */
function accept({ authorization }: Pick<Credentials, 'authorization'>, isMeant = isEvent): Fault {
  return (app) =>
    app.server.prependListener('request', (request: IncomingMessage) => {
      if (request.headers.authorization === authorization && isMeant(request)) {
        request.headers.authorization = basic(`${API_KEY}:`)
      }
    })
}

const isEvent = ({ url }: IncomingMessage) => url === '/v1/events'
const isBatch = ({ url }: IncomingMessage) => url === '/v1/batch'
const isEmptyMessage = ({ headers }: IncomingMessage) => headers['content-length'] === String('{}'.length)
const isObject = (body: unknown): body is Body => typeof body === 'object' && body !== null && !Array.isArray(body)
const hasKeys =
  (...keys: string[]) =>
  (body: Body) =>
    Object.keys(body).sort().join() === keys.sort().join()
const is = (type: string) => (body: Body) => body.type === type
const size = ({ headers }: FastifyRequest) => Number(headers['content-length'])

const rejectDuplicates: Fault = (app) => {
  const known = new Set<unknown>()
  respondTo(({ messageId }) => messageId !== undefined && known.size === known.add(messageId).size, 409)(app)
}

const closeConnections: Fault = (app) =>
  app.addHook('onSend', async (_request, reply) => {
    reply.header('connection', 'close')
  })

const emptyErrors: Fault = (app) =>
  app.addHook('onSend', async ({ url }, reply, payload) =>
    reply.statusCode >= 400 && url === '/v1/events' ? '' : payload
  )

const stallOnAlias: Fault = (app) =>
  app.addHook('preHandler', (request, _reply, done) => {
    if (!isObject(request.body) || !is('alias')(request.body)) {
      done()
    }
  })

/** Its limit is 100 requests, so only the load exceeds it. */
const limit =
  (status: number, headers: Record<string, string>): Fault =>
  (app) => {
    let requests = 0
    app.addHook('preHandler', async (_request, reply) => {
      if (++requests > 100) {
        return reply.code(status).headers(headers).send({})
      }
    })
  }

type BrokenRule = [rule: string, fault: Fault, reason: string]

/** Each fault has a status of its own, so that the reason tells which fault a rule found. */
const DOCUMENTED: BrokenRule[] = [
  ['wrong-key', accept(WRONG_KEY), 'Status 200 instead of 401.'],
  ['no-key', accept(NO_KEY), 'Status 200 instead of 401.'],
  ['malformed-key', accept(MALFORMED_CREDENTIALS), 'Status 200 instead of 401.'],
  ['permission', accept({ authorization: basic(`${KEY_WITHOUT_PERMISSION}:`) }), 'Status 200 instead of 403.'],
  ['identify-minimal', respondTo(hasKeys('type', 'anonymousId'), 410), 'Status 410 instead of 200 or 202.'],
  [
    'identify-full',
    respondTo(({ type, traits }) => type === 'identify' && traits?.address !== undefined, 411),
    'Status 411 instead of 200 or 202.'
  ],
  ['group-minimal', respondTo(hasKeys('type', 'groupId'), 500), 'Status 500 instead of 200 or 202.'],
  [
    'group-full',
    respondTo(({ type, traits }) => type === 'group' && traits?.address !== undefined, 412),
    'Status 412 instead of 200 or 202.'
  ],
  ['track-minimal', respondTo(hasKeys('type', 'event', 'anonymousId'), 204), 'Status 204 instead of 200 or 202.'],
  [
    'track-full',
    respondTo(({ properties }) => properties?.revenue !== undefined, 414),
    'Status 414 instead of 200 or 202.'
  ],
  [
    'empty-values',
    respondTo(({ properties }) => properties?.cleared === null, 415),
    'Status 415 instead of 200 or 202.'
  ],
  ['unicode', respondTo(({ traits }) => traits?.emoji !== undefined, 416), 'Status 416 instead of 200 or 202.'],
  ['page', respondTo(is('page'), 200), 'Status 200 instead of 501.'],
  ['screen', respondTo(is('screen'), 400), 'Status 400 instead of 501.'],
  ['alias', respondTo(is('alias'), 202), 'Status 202 instead of 501.'],
  ['malformed-body', respondToRequests((request) => size(request) === 1, 502, {}), 'Status 502 instead of 400.'],
  ['missing-field', respondTo(({ type, event }) => type === 'track' && !event, 203), 'Status 203 instead of 400.']
]

const ASSUMED: BrokenRule[] = [
  ['key-checked-first', accept(WRONG_KEY, isEmptyMessage), 'Status 422 instead of 401.'],
  [
    'message-of-36-kb',
    respondTo((body) => JSON.stringify(body).length > 30_000, 413),
    'Status 413 instead of 200 or 202.'
  ],
  ['duplicates', rejectDuplicates, 'Status 409 instead of 200 or 202.'],
  ['empty-message', respondTo(hasKeys(), 422), 'Status 422 instead of 400.'],
  ['errors-explained', emptyErrors, 'The body is not {"message": "…"}.'],
  ['batch-accepted', respondToBatch(3, 500, {}), 'Status 500 instead of 200 or 207.'],
  [
    'batch-mixed',
    changeBatch(5, ({ results }) => ({ results: results.reverse() })),
    'Results 200, 400, 200, 501, 200 instead of 200, 501, 200, 400, 200.'
  ],
  [
    'batch-explained',
    changeBatch(1, () => ({ results: [{ status: 400 }] })),
    'The result is not {"status": 400, "message": "…"}.'
  ],
  ['batch-key', accept(WRONG_KEY, isBatch), 'Status 207 instead of 401.'],
  ['batch-large', respondToBatch(1000, 414, {}), 'Status 414 instead of 200 or 207.'],
  ['batch-too-large', respondToBatch(1001, 207, { results: [] }), 'Status 207 instead of 413.'],
  ['keep-alive', closeConnections, '5 requests in a row used 5 connections.']
]

/** Other rules depend on these, or their faults would change what the other rules find. */
const ONE_BY_ONE: BrokenRule[] = [
  [
    'good-key',
    respondToRequests(({ headers }) => headers.authorization === basic(`${API_KEY}:`), 401, {}),
    'Status 401. Is this a key of this API?'
  ],
  [
    'message-too-large',
    respondToRequests((request) => size(request) > 38 * 1024 && request.url === '/v1/events', 500, {}),
    'Status 500 instead of 413.'
  ],
  ['batch-endpoint', changeBatch(2, ({ results }) => ({ results: results.slice(1) })), '1 results for 2 messages.'],
  ['responds-in-time', stallOnAlias, '1 of 53 requests timed out.'],
  ['rate-limit', limit(429, {}), 'Status 429 without a Retry-After of seconds or an HTTP date.']
]

describe('an API that breaks rules', () => {
  it.each([
    ['documented', DOCUMENTED],
    ['assumed', ASSUMED],
    ...ONE_BY_ONE.map((broken): [string, BrokenRule[]] => [broken[0], [broken]])
  ])('fails exactly those, each for its own reason: %s', async (_case, broken) => {
    const rules = broken.map(([rule]) => rule)
    const report = await check(
      sandbox((app) => broken.forEach(([, addFault]) => addFault(app))),
      { timeLimit: 2000, load: rules.includes('rate-limit') ? LOAD : undefined }
    )

    expect(idsWith('failed', report).sort()).toEqual([...rules].sort())
    expect(rules.map((rule) => [rule, reasonFor(rule, report)])).toEqual(
      broken.map(([rule, , reason]) => [rule, reason])
    )
    expect(report.isKept).toBe(rules.every((rule) => RULES.find(({ id }) => id === rule)?.source === 'assumed'))
  })

  it('can break any of the rules', () => {
    const broken = [...DOCUMENTED, ...ASSUMED, ...ONE_BY_ONE].map(([rule]) => rule)
    // https.test.ts breaks the first: it needs another host than this machine.
    expect(new Set(['https', ...broken])).toEqual(new Set(RULES.map(({ id }) => id)))
  })
})

/** What a line of shell prints, errors included, if a person pastes it who has the keys in variables. */
async function paste(line: string): Promise<string> {
  const { PATH } = process.env
  const keys = { ASTROLABE_API_KEY: API_KEY, ASTROLABE_API_KEY_WITHOUT_PERMISSION: KEY_WITHOUT_PERMISSION }
  const { stdin, stdout } = spawn('bash', ['-c', 'exec bash 2>&1'], { env: { PATH, ...keys } })
  stdin.end(`${line}\n`)
  return text(stdout)
}

/** What a line must print to reproduce a failure. */
const REPRODUCED: Record<string, string> = {
  'errors-explained': 'content-length: 0\r\n',
  'batch-mixed': '{"results":[{"status":200},{"status":400,',
  'batch-explained': '{"results":[{"status":400}]}',
  'batch-endpoint': '{"results":[{"status":400,',
  'keep-alive': '1 new connection\n'.repeat(5),
  'responds-in-time': 'curl: (28) Operation timed out',
  'rate-limit': 'HTTP/1.1 429 '
}

describe('the curl line of a failed rule', () => {
  it.each([
    ['documented', DOCUMENTED],
    ['assumed', ASSUMED],
    ...ONE_BY_ONE.map((broken): [string, BrokenRule[]] => [broken[0], [broken]])
  ])('reproduces the failure with the same request, and shows no key: %s', async (_case, broken) => {
    const sizes: unknown[] = []
    const app = sandbox((api) => {
      api.addHook('onRequest', async ({ headers }) => void sizes.push(headers['content-length']))
      broken.forEach(([, addFault]) => addFault(api))
    })
    const rules = broken.map(([rule]) => rule)

    await serve(app, async (baseUrl) => {
      const { failed } = await checkAt(baseUrl, {
        timeLimit: rules.includes('responds-in-time') ? 2000 : undefined,
        load: rules.includes('rate-limit') ? LOAD : undefined
      })
      for (const { rule, reason, curl = '' } of failed) {
        const sent = sizes.splice(0)
        const output = await paste(curl)
        const status = /^Status (\d+)/.exec(reason)?.[1]

        expect([rule.id, output]).toEqual([
          rule.id,
          expect.stringContaining(REPRODUCED[rule.id] ?? `HTTP/1.1 ${status} `)
        ])
        expect(sent).toEqual(expect.arrayContaining(sizes))
        sizes.push(...sent)
        expect(curl.length).toBeLessThan(4000)
        expect(curl).not.toContain(API_KEY)
        expect(curl).not.toContain(KEY_WITHOUT_PERMISSION)
      }
      expect(failed.map(({ rule }) => rule.id).sort()).toEqual(rules.sort())
    })
  })
})

describe('an API that checks messages before keys', () => {
  it.each([400, 422, 501])('gets a whole message if it responds with %d', async (status) => {
    const report = await check(
      sandbox((app) =>
        app.server.prependListener('request', (request: IncomingMessage) => {
          request.headers.authorization = isEmptyMessage(request) ? basic(`${API_KEY}:`) : request.headers.authorization
        })
      ).addHook('preHandler', async ({ body }, reply) => {
        if (isObject(body) && hasKeys()(body)) {
          return reply.code(status).send(MALFORMED)
        }
      })
    )

    expect(idsWith('failed', report)).toEqual(['key-checked-first', ...(status === 400 ? [] : ['empty-message'])])
    expect(idsWith('passed', report)).toEqual(
      expect.arrayContaining(['wrong-key', 'no-key', 'malformed-key', 'permission'])
    )
  })
})

describe('an API without a correct batch endpoint', () => {
  it.each<[string, Fault, string]>([
    ['without results', changeBatch(2, () => ({})), 'The response is not {"results": […]}.'],
    ['without an object', changeBatch(2, () => null), 'The response is not {"results": […]}.'],
    ['with results without a status', changeBatch(2, () => ({ results: [{}, null] })), 'A result has no status.'],
    ['with too many results', changeBatch(2, () => ({ results: [{}, {}, {}] })), '3 results for 2 messages.']
  ])('%s fails', async (_case, fault, reason) => {
    const report = await check(sandbox(fault), { readOnly: true })

    expect(idsWith('failed', report)).toEqual(['batch-endpoint'])
    expect(reasonFor('batch-endpoint', report)).toBe(reason)
  })
})

describe('a key that is not accepted', () => {
  it.each([
    [403, 'Status 403. Is this a key of this API?'],
    [404, 'Status 404. Is this the base URL of the ingest API?'],
    [302, 'Status 302: redirects are not followed, to protect the key.'],
    [500, 'Status 500 instead of 400.']
  ])('(status %d) keeps the rules that need it from being checked', async (status, reason) => {
    const isGood = ({ headers }: FastifyRequest) => headers.authorization === basic(`${API_KEY}:`)
    const report = await check(sandbox(respondToRequests(isGood, status, {})))

    expect(idsWith('failed', report)).toEqual(['good-key'])
    expect(reasonFor('good-key', report)).toBe(reason)
    expect(idsWith('passed', report)).toEqual([
      'wrong-key',
      'no-key',
      'malformed-key',
      'permission',
      'key-checked-first',
      'responds-in-time'
    ])
    expect(reasonFor('batch-mixed', report)).toBe('Can\'t be checked because "good-key" failed.')
  })
})

describe('the load', () => {
  it.each(['120', 'Wed, 21 Oct 2099 07:28:00 GMT'])('passes with Retry-After: %s', async (retryAfter) => {
    const report = await check(sandbox(limit(429, { 'retry-after': retryAfter })), { readOnly: true, load: LOAD })

    expect(idsWith('failed', report)).toEqual([])
    expect(idsWith('passed', report)).toContain('rate-limit')
  })

  it.each(['soon', '', '-1'])('fails with a useless Retry-After: %j', async (retryAfter) => {
    const report = await check(sandbox(limit(429, { 'retry-after': retryAfter })), { readOnly: true, load: LOAD })

    expect(idsWith('failed', report)).toEqual(['rate-limit'])
  })

  it('fails an API that breaks down under it', async () => {
    const report = await check(sandbox(limit(503, {})), { readOnly: true, load: LOAD })

    expect(reasonFor('rate-limit', report)).toBe('Status 503 instead of 429, at 500 requests per second.')
    expect(idsWith('failed', report)).toEqual(['rate-limit'])
  })

  it('is inconclusive if it does not exceed the limit, and ends', async () => {
    const report = await check(sandbox(), { readOnly: true, load: { rate: 500, seconds: 0.1 } })

    expect(idsWith('inconclusive', report)).toContain('rate-limit')
    expect(reasonFor('rate-limit', report)).toBe('50 requests at 500 per second did not exceed the limit.')
  })
})
