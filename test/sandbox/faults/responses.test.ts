import { buildSandbox } from '../../../src/sandbox/build'
import type { SandboxOptions } from '../../../src/sandbox/build'
import type { Fault } from '../../../src/sandbox/faults/registry'
import { faultSpec } from '../../../src/sandbox/faults/spec'
import { basic } from '../../http'
import { held, post } from '../sandbox-client'

const track = (n: number) => ({ type: 'track', event: 'Signed Up', userId: 'ada', messageId: `m-${n}` })
const ok = { status: 200, body: {} }
const told = (status: number) => ({ status, body: { message: `The sandbox was told to respond with ${status}` } })

describe('a sandbox with faults', () => {
  it('applies a fault to the given number of requests, and then no more', async () => {
    const app = buildSandbox({ faults: [{ status: 503, times: 2 }] })

    const answers = [1, 2, 3].map((n) => post(app, '/v1/events', track(n)))

    expect(await Promise.all(answers)).toEqual([told(503), told(503), ok])
  })

  it('applies one fault after the other, and the last one without end if it has no times', async () => {
    const app = buildSandbox({ faults: [{ status: 503, times: 1 }, { status: 500 }, { status: 502 }] })

    const answers = [1, 2, 3].map((n) => post(app, '/v1/events', track(n)))

    expect(await Promise.all(answers)).toEqual([told(503), told(500), told(500)])
  })

  it('saves a fault of batches for the next batch', async () => {
    const app = buildSandbox({ faults: [{ results: 'short', times: 1 }] })

    expect(await post(app, '/v1/events', track(1))).toEqual(ok)
    expect(await post(app, '/v1/batch', { batch: [track(2), track(3)] })).toEqual({
      status: 200,
      body: { results: [{ status: 200 }] }
    })
  })

  it('still shows its records', async () => {
    const app = buildSandbox({ faults: [{ status: 503 }] })

    expect(await held(app, 'events')).toEqual({ events: [], dropped: 0 })
  })

  it('accepts no message that gets an error, whatever the key', async () => {
    const app = buildSandbox({ faults: [{ status: 503, times: 2 }] })
    const headers = { authorization: basic('no-such-key:'), 'content-type': 'application/json' }

    const { statusCode } = await app.inject({ method: 'POST', url: '/v1/events', headers, payload: '{' })
    await post(app, '/v1/events', track(1))

    expect(statusCode).toBe(503)
    expect(await held(app, 'events')).toEqual({ events: [], dropped: 0 })
  })

  it('accepts a message that gets 2xx', async () => {
    const app = buildSandbox({ faults: [{ status: 204, body: 'empty' }] })
    const headers = { authorization: basic('sandbox-key-not-a-secret:'), 'content-type': 'application/json' }

    const answer = await app.inject({ method: 'POST', url: '/v1/events', headers, payload: JSON.stringify(track(1)) })

    expect([answer.statusCode, answer.body, answer.headers['content-type']]).toEqual([204, '', undefined])
    expect(await held(app, 'events')).toEqual({ events: [track(1)], dropped: 0 })
  })

  it('does not corrupt the response to a batch that was rejected as a whole', async () => {
    const app = buildSandbox({ faults: [{ results: 'not-json' }] })

    expect(await post(app, '/v1/batch', { batch: [] })).toEqual({ status: 400, body: { message: 'batch is empty' } })
  })

  it('calls onFault each time that a request meets a fault', async () => {
    const met: string[] = []
    const onFault: SandboxOptions['onFault'] = (fault, { url }) => met.push(`${url} ${faultSpec(fault)}`)
    const app = buildSandbox({
      faults: [{ status: 503, times: 1 }, { echo: 'key', times: 1 }, { status: 200 }],
      onFault
    })

    for (const n of [1, 2, 3]) {
      await post(app, '/v1/events', track(n))
    }

    expect(met).toEqual(['/v1/events status=503,times=1', '/v1/events echo=key,times=1', '/v1/events status=200'])
  })
})

describe('a response with a fault', () => {
  const responseTo = async (fault: Fault, url = '/v1/events') => {
    const headers = { authorization: basic('sandbox-key-not-a-secret:'), host: '127.0.0.1:4010' }
    const payload = url === '/v1/batch' ? { batch: [track(1)] } : track(1)
    return buildSandbox({ faults: [fault] }).inject({ method: 'POST', url, headers, payload })
  }

  it.each([
    ['json', 'application/json', /^\{"message":"The sandbox was told to respond with 503"\}$/],
    ['html', 'text/html', /^<!DOCTYPE html><html>.*told to respond with 503/],
    ['empty', undefined, /^$/],
    ['5mb', 'application/json', /^\{"message":"The sandbox was told to respond with 503","padding":"x/]
  ] as const)('may have a body of the kind %s', async (body, contentType, text) => {
    const { statusCode, headers, payload } = await responseTo({ status: 503, body })

    expect(statusCode).toBe(503)
    expect(headers['content-type']?.toString().split(';')[0]).toBe(contentType)
    expect(payload).toMatch(text)
  })

  it('is 5 MB of JSON for 5mb', async () => {
    const { payload } = await responseTo({ status: 503, body: '5mb' })

    expect((JSON.parse(payload) as { padding: string }).padding).toHaveLength(5 * 1024 * 1024)
  })

  it.each([
    ['host', undefined, 307, 'http://localhost:4010/v1/events'],
    ['http', 301, 301, 'http://127.0.0.1:4010/v1/events'],
    ['self', 308, 308, 'http://127.0.0.1:4010/v1/events']
  ] as const)('may redirect to %s with %s', async (redirect, code, status, location) => {
    const { statusCode, headers } = await responseTo({ redirect, code })

    expect([statusCode, headers.location]).toEqual([status, location])
  })

  it('redirects from localhost to another host too', async () => {
    const headers = { host: 'localhost:4010' }
    const app = buildSandbox({ faults: [{ redirect: 'host' }] })

    const answer = await app.inject({ method: 'POST', url: '/v1/batch', headers })

    expect(answer.headers.location).toBe('http://127.0.0.1:4010/v1/batch')
  })

  it('may ask to wait for seconds', async () => {
    const { statusCode, headers } = await responseTo({ 'retry-after': 'seconds' })

    expect([statusCode, headers['retry-after']]).toEqual([429, '1'])
  })

  it('may ask to wait until a date, which is never too early', async () => {
    const now = jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2024, 0, 31, 12, 0, 0, 1))

    const { statusCode, headers } = await responseTo({ 'retry-after': 'date', wait: 2 })
    now.mockRestore()

    expect([statusCode, headers['retry-after']]).toEqual([429, 'Wed, 31 Jan 2024 12:00:03 GMT'])
  })

  it.each([
    ['short', '{"results":[]}'],
    ['long', '{"results":[{"status":200},{"status":200}]}'],
    ['mistyped', '{"results":[{"status":"200"}]}'],
    ['not-json', '{"results":[{"status":200}]']
  ] as const)('to a batch may have results that are %s', async (results, payload) => {
    expect((await responseTo({ results }, '/v1/batch')).payload).toBe(payload)
  })

  it('to a batch may have results in another order', async () => {
    const app = buildSandbox({ faults: [{ results: 'reversed' }] })

    expect(await post(app, '/v1/batch', { batch: [track(1), {}] })).toEqual({
      status: 207,
      body: { results: [{ status: 400, message: 'type is missing' }, { status: 200 }] }
    })
  })

  it('may quote the key: raw, in a URL, in base64 and as it was sent', async () => {
    const message =
      'Not with sandbox-key-not-a-secret, sandbox-key-not-a-secret, sandbox-key-not-a-secret, c2FuZGJveC1rZXktbm90LWEtc2VjcmV0, c2FuZGJveC1rZXktbm90LWEtc2VjcmV0, Basic c2FuZGJveC1rZXktbm90LWEtc2VjcmV0Og=='

    expect((await responseTo({ echo: 'key' })).json()).toEqual({ message })
    expect((await responseTo({ echo: 'key' }, '/v1/batch')).json()).toEqual({ results: [{ status: 400, message }] })
  })
})
