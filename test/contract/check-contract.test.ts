import type { FastifyInstance } from 'fastify'
import { Unreachable } from '../../src/contract/check-contract'
import { RULES } from '../../src/contract/rules'
import { basic } from '../sandbox/sandbox-client'
import { API_KEY, check, checkAt, idsWith, reasonFor, sandbox, serve } from './check-sandbox'

const IDS = RULES.map(({ id }) => id)
const BATCH_IDS = IDS.filter((id) => id.startsWith('batch-'))

/** What is never shown of a sandbox: it is on this machine, has no limit, and what it holds is nobody's to see. */
const BEYOND_A_SANDBOX = ['https', 'duplicates', 'rate-limit']

describe('an API that keeps the contract', () => {
  it('is found to hold in all that can be shown of it', async () => {
    const report = await check(sandbox())

    expect(idsWith('broken', report)).toEqual([])
    expect(idsWith('not shown', report)).toEqual(BEYOND_A_SANDBOX)
    expect(report.isKept).toBe(true)
  })

  it('is shown by what was sent and what came back, rule by rule', async () => {
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
        answer: {
          status: 501,
          headers: { 'content-type': 'application/json; charset=utf-8', connection: 'keep-alive' },
          body: '{"message":"type is not supported: it must be identify, group or track"}'
        },
        milliseconds: expect.any(Number)
      }
    ])
  })

  it('holds afterwards what was announced, and of a message that was sent twice one', async () => {
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

describe('an API of what is documented alone', () => {
  it('keeps the contract, without a batch endpoint', async () => {
    const report = await check(sandbox(undefined, { batch: false }))

    expect(idsWith('broken', report)).toEqual(['batch-endpoint'])
    expect(idsWith('not shown', report)).toEqual([
      'https',
      'duplicates',
      ...BATCH_IDS.filter((id) => id !== 'batch-endpoint'),
      'rate-limit'
    ])
    expect(report.isKept).toBe(true)
    expect(report.count('documented').broken).toBe(0)
  })
})

describe('a check that is read-only', () => {
  it('sends nothing from which even an API that takes everything could create something', async () => {
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
    expect(reasonFor('identify-least', report)).toBe('Read-only: this could create something.')
  })

  it('shows of an API that keeps the contract what can be shown that way', async () => {
    const report = await check(sandbox(), { readOnly: true })

    expect(idsWith('broken', report)).toEqual([])
    expect(idsWith('holds', report)).toEqual([
      'good-key',
      'wrong-key',
      'no-key',
      'malformed-key',
      'permission',
      'key-checked-first',
      'malformed-body',
      'empty-message',
      'refusals-explained',
      'batch-endpoint',
      'batch-explained',
      'batch-key',
      'batch-large',
      'batch-too-large',
      'answers-in-time'
    ])
  })

  it('leaves open whether a wrong key is refused where only a whole message would show it', async () => {
    const app = sandbox()
    app.server.prependListener('request', (request) => {
      if (request.headers.authorization !== undefined) {
        request.headers.authorization = basic(`${API_KEY}:`)
      }
    })
    const report = await check(app, { readOnly: true })

    expect(reasonFor('wrong-key', report)).toBe(
      'The message is looked at before the key, and a whole one could create something.'
    )
  })
})

describe('a check that is stopped', () => {
  it('shows nothing of the rules that are left', async () => {
    const stop = new AbortController()
    const report = await check(sandbox(), { stop, onRule: ({ id }) => id === 'wrong-key' && stop.abort() })

    expect(report.isStopped).toBe(true)
    expect(idsWith('holds', report)).toEqual(['good-key'])
    expect(reasonFor('batch-mixed', report)).toBe('Stopped before it was checked.')
  })

  it('ends the request that is in flight', async () => {
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
    expect(idsWith('holds', report)).toContain('unicode')
  })

  it('shows nothing where it is stopped before it starts', async () => {
    const stop = new AbortController()
    stop.abort()
    const report = await check(sandbox(), { stop })

    expect(idsWith('not shown', report)).toEqual(IDS)
  })
})

describe('a check without a key that lacks permission', () => {
  it('says what would show the rule', async () => {
    const report = await check(sandbox(), { keyWithoutPermission: '' })

    expect(reasonFor('permission', report)).toBe('No such key was given: add --key-without-permission.')
  })
})

describe('an API that takes nothing for now', () => {
  it.each([408, 429, 503])('is not checked where it answers %i from the start', async (status) => {
    const outcome = check(sandbox((app) => answerFrom(0, status, app)))

    await expect(outcome).rejects.toThrow(Unreachable)
    await expect(outcome).rejects.toThrow(
      new RegExp(`/v1/events answered ${status}: it takes nothing for now\\. Check again later\\.$`)
    )
  })

  it.each([408, 429, 503])('breaks no rule where it answers %i after a while', async (status) => {
    const report = await check(sandbox((app) => answerFrom(1, status, app)))

    expect(idsWith('broken', report)).toEqual([])
    expect(reasonFor('good-key', report)).toBe(`Answered ${status}: it takes nothing for now. Check again later.`)
    expect(reasonFor('identify-least', report)).toBe(`Answered ${status}: it takes nothing for now. Check again later.`)
    expect(reasonFor('batch-endpoint', report)).toBe(`Answered ${status}: it takes nothing for now. Check again later.`)
  })

  /** Answers so many requests as it should. */
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

    await expect(outcome).rejects.toThrow(Unreachable)
    await expect(outcome).rejects.toThrow(
      /^http:\/\/127\.0\.0\.1:\d+\/v1\/events cannot be reached: the connection was closed before the answer was complete\.$/
    )
  })
})
