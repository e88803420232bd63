import fastify from 'fastify'
import type { FastifyInstance } from 'fastify'
import { UnreachableError } from '../../src/contract/check-contract'
import { RULES } from '../../src/contract/rules'
import { basic } from '../http'
import { describeReport } from '../../src/cli/check/report'
import { API_KEY, check, checkAt, idsWith, reasonFor, sandbox, serve, KEY_WITHOUT_PERMISSION } from './check-sandbox'

const IDS = RULES.map(({ id }) => id)
const BATCH_IDS = IDS.filter((id) => id.startsWith('batch-'))

/** A sandbox is on this machine and has no rate limit, and the API can't be read back. */
const NEVER_SHOWN = ['https', 'duplicates', 'rate-limit']

describe('an API that keeps the contract', () => {
  it('passes every rule that can be shown of a sandbox', async () => {
    const report = await check(sandbox())

    expect(idsWith('failed', report)).toEqual([])
    expect(idsWith('inconclusive', report)).toEqual(NEVER_SHOWN)
    expect(report.isKept).toBe(true)
  })

  it('is reported with request and response, rule by rule', async () => {
    const { results, url } = await check(sandbox())

    const unshown = results.filter(({ exchanges }) => exchanges.length === 0)
    expect(unshown.map(({ rule }) => rule.id)).toEqual(['https', 'rate-limit'])
    expect(results.find(({ rule }) => rule.id === 'page')?.exchanges).toEqual([
      {
        sent: {
          url: `${url}/events`,
          credentials: 'the key',
          body: '{"type":"page","userId":"astrolabe-segment-check-user","name":"Home","properties":{"url":"https://example.com/"}}'
        },
        response: {
          status: 501,
          headers: { 'content-type': 'application/json; charset=utf-8', connection: 'keep-alive' },
          body: '{"message":"type is not supported: it must be identify, group or track"}'
        },
        milliseconds: expect.any(Number)
      }
    ])
  })

  it('then contains the announced User and Account, and one event for a message that was sent twice', async () => {
    const app = sandbox()
    const held = async (records: string) => {
      const headers = { authorization: basic(`${API_KEY}:`) }
      return (await app.inject({ url: `/v1/${records}`, headers })).json<Record<string, { event: string }[]>>()[records]
    }
    const { report, users, accounts, events } = await serve(app, async (baseUrl) => ({
      report: await checkAt(baseUrl),
      users: await held('users'),
      accounts: await held('accounts'),
      events: await held('events')
    }))

    expect(users).toMatchObject([
      { userId: 'astrolabe-segment-check-user', anonymousIds: ['astrolabe-segment-check-visitor'] }
    ])
    expect(accounts).toMatchObject([{ groupId: 'astrolabe-segment-check-account' }])
    const name = /one event "(.+)", not two/.exec(reasonFor('duplicates', report) ?? '')?.[1]
    expect(events.filter(({ event }) => event === name)).toHaveLength(1)
  })
})

describe('an API with only the documented parts', () => {
  it('keeps the contract, without a batch endpoint', async () => {
    const report = await check(sandbox(undefined, { batch: false }))

    expect(idsWith('failed', report)).toEqual(['batch-endpoint'])
    expect(idsWith('inconclusive', report)).toEqual([
      'https',
      'duplicates',
      ...BATCH_IDS.filter((id) => id !== 'batch-endpoint'),
      'rate-limit'
    ])
    expect(report.isKept).toBe(true)
    expect(report.count('documented').failed).toBe(0)
  })
})

describe('a check that is read-only', () => {
  it('sends nothing that even an API that accepts everything could store', async () => {
    const messages = new Set<string>()
    const app = sandbox((api) =>
      api.addHook('preValidation', async ({ body, url }, reply) => {
        const batch = url === '/v1/batch' ? (body as { batch: unknown[] }).batch : [body]
        batch.forEach((message) => messages.add(JSON.stringify(message)))
        return reply.code(200).send({ results: batch.map(() => ({ status: 200 })) })
      })
    )
    const report = await check(app, { readOnly: true })

    expect([...messages]).toEqual(
      [{}, null, [], 'identify', 5, { padding: 'x'.repeat(3984) }].map((message) => JSON.stringify(message))
    )
    expect(reasonFor('identify-minimal', report)).toBe('Skipped: read-only, and this could create something.')
  })

  it('passes the rules that need no data, if the API keeps the contract', async () => {
    const report = await check(sandbox(), { readOnly: true })

    expect(idsWith('failed', report)).toEqual([])
    expect(idsWith('passed', report)).toEqual([
      'good-key',
      'wrong-key',
      'no-key',
      'malformed-key',
      'permission',
      'key-checked-first',
      'malformed-body',
      'empty-message',
      'errors-explained',
      'batch-endpoint',
      'batch-explained',
      'batch-key',
      'batch-large',
      'batch-too-large',
      'responds-in-time'
    ])
  })

  it('is inconclusive about a wrong key if only a whole message would show it', async () => {
    const app = sandbox()
    app.server.prependListener('request', (request) => {
      if (request.headers.authorization !== undefined) {
        request.headers.authorization = basic(`${API_KEY}:`)
      }
    })
    const report = await check(app, { readOnly: true })

    expect(reasonFor('wrong-key', report)).toBe(
      'The API checks the message before the key, and a whole message could create something.'
    )
  })
})

describe('a check that is stopped', () => {
  it('is inconclusive about the remaining rules', async () => {
    const stop = new AbortController()
    const report = await check(sandbox(), { stop, onRule: ({ id }) => id === 'wrong-key' && stop.abort() })

    expect(report.isStopped).toBe(true)
    expect(idsWith('passed', report)).toEqual(['good-key'])
    expect(reasonFor('batch-mixed', report)).toBe('Stopped before it was checked.')
  })

  it('aborts the request in flight', async () => {
    const stop = new AbortController()
    const app = sandbox((api) =>
      api.addHook('preHandler', ({ body }, _reply, done) => {
        if ((body as { type?: string } | null)?.type === 'page') {
          return stop.abort()
        }
        done()
      })
    )
    const report = await check(app, { stop })

    expect(reasonFor('page', report)).toBe('Stopped before it was checked.')
    expect(idsWith('passed', report)).toContain('unicode')
  })

  it('is inconclusive about everything if it is stopped before it starts', async () => {
    const stop = new AbortController()
    stop.abort()
    const report = await check(sandbox(), { stop })

    expect(idsWith('inconclusive', report)).toEqual(IDS)
  })
})

describe('a check without a second key', () => {
  it('says which option would show the rule', async () => {
    const report = await check(sandbox(), { keyWithoutPermission: '' })

    expect(reasonFor('permission', report)).toBe('No such key was given. Add --key-without-permission.')
  })
})

describe('an API that accepts nothing at the moment', () => {
  it.each([408, 429, 503])('is not checked if it starts with %i', async (status) => {
    const outcome = check(sandbox((app) => answerFrom(0, status, app)))

    await expect(outcome).rejects.toThrow(UnreachableError)
    await expect(outcome).rejects.toThrow(
      new RegExp(`^Status ${status} from .+/v1/events: the API accepts nothing at the moment\\. Check again later\\.$`)
    )
  })

  it.each([408, 429, 503])('fails no rule if it gets to %i after a while', async (status) => {
    const report = await check(sandbox((app) => answerFrom(1, status, app)))

    expect(idsWith('failed', report)).toEqual([])
    expect(reasonFor('good-key', report)).toBe(
      `Status ${status}: the API accepts nothing at the moment. Check again later.`
    )
    expect(reasonFor('identify-minimal', report)).toBe(
      `Status ${status}: the API accepts nothing at the moment. Check again later.`
    )
    expect(reasonFor('batch-endpoint', report)).toBe(
      `Status ${status}: the API accepts nothing at the moment. Check again later.`
    )
  })

  /** Responds as it should to the first `good` requests. */
  function answerFrom(good: number, status: number, app: FastifyInstance): void {
    let requests = 0
    app.addHook('onRequest', async (_request, reply) => {
      if (requests++ >= good) {
        return reply.code(status).send({ message: 'Not now.' })
      }
    })
  }
})

describe('an API that cannot be reached', () => {
  it('is not checked', async () => {
    const app = sandbox((api) =>
      api.server.prependListener('connection', (socket) => {
        socket.destroy()
      })
    )
    const outcome = check(app)

    await expect(outcome).rejects.toThrow(UnreachableError)
    await expect(outcome).rejects.toThrow(
      /^Cannot reach http:\/\/127\.0\.0\.1:\d+\/v1\/events: the connection was closed before the response was complete\.$/
    )
  })
})

const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('a report', () => {
  it('contains no key, however an API repeats it', async () => {
    const forms = [API_KEY, KEY_WITHOUT_PERMISSION].flatMap((key) => [
      key,
      key.toUpperCase(),
      base64(key),
      base64(`${key}:`),
      base64(`${key}:`).replace(/=+$/, ''),
      encodeURIComponent(base64(`${key}:`))
    ])
    const echo = forms.join(' ')
    const app = fastify()
    app.setNotFoundHandler(async (_request, reply) =>
      reply.code(429).headers({ location: echo, 'retry-after': echo }).send({ message: echo })
    )
    app.post('/v1/events', async (_request, reply) =>
      reply.code(400).headers({ location: echo, 'retry-after': echo }).send({ message: echo })
    )
    const report = await serve(app, (baseUrl) => checkAt(baseUrl))

    for (const text of [JSON.stringify(report), describeReport(report)]) {
      expect(text).toContain('[withheld: it quotes the API key]')
      forms.forEach((form) => expect(text.toLowerCase()).not.toContain(form.toLowerCase()))
    }
  })

  it('contains no part of a key if a body is cut', async () => {
    const app = fastify()
    app.setNotFoundHandler(async (_request, reply) => reply.code(400).send('x'.repeat(495) + API_KEY))
    const report = await serve(app, (baseUrl) => checkAt(baseUrl))

    expect(JSON.stringify(report)).toContain('"body":"[withheld: it quotes the API key]"')
    expect(JSON.stringify(report)).not.toContain('xfake')
  })
})
