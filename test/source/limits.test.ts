import { gzipSync } from 'node:zlib'
import type { InjectOptions } from 'fastify'
import { authorization, buildSource, WRITE_KEY } from './local-source'

const KB = 1024
const headers = { authorization: authorization(), 'content-type': 'application/json' }
const call = { userId: 'userId123', event: 'User Registered' }

function callOf(bytes: number): string {
  const frame = JSON.stringify({ ...call, properties: { text: '' } })
  return frame.replace('""', JSON.stringify('x'.repeat(bytes - frame.length)))
}

async function post(url: string, payload: string | Buffer) {
  const { app, received } = buildSource()
  const response = await app.inject({ method: 'POST', url, headers, payload })
  return { status: response.statusCode, body: response.json(), messages: received.length }
}

const invalid = (message: string) => ({ status: 400, body: { code: 'invalid_request', message }, messages: 0 })
const accepted = (messages: number) => ({ status: 200, body: { success: true }, messages })

describe('a message', () => {
  it('may have 32 KB', async () => {
    expect(await post('/v1/track', callOf(32 * KB))).toEqual(accepted(1))
  })

  it('must not have more, not even compressed', async () => {
    const response = invalid('The body is larger than 32 KB')
    expect(await post('/v1/track', callOf(32 * KB + 1))).toEqual(response)
    expect(await post('/v1/track', gzipSync(callOf(32 * KB + 1)))).toEqual(response)
    expect(await post('/v1/track', gzipSync(callOf(8000 * KB)))).toEqual(response)
  })

  it('must not be nested without end', async () => {
    const nested = (levels: number) =>
      `{"userId":"userId123","event":"a","x":${'['.repeat(levels)}${']'.repeat(levels)}}`
    expect(await post('/v1/track', nested(99))).toEqual(accepted(1))
    expect(await post('/v1/track', nested(16_000))).toEqual(invalid('The message is nested more than 100 levels deep'))
  })
})

describe('a batch', () => {
  const batchOf = (calls: string[]) => `{"batch":[${calls.join()}]}`

  it('may have 500 KB and 2,500 messages', async () => {
    const fifteen = Array<string>(15).fill(callOf(32 * KB))
    const rest = 500 * KB - batchOf([...fifteen, '']).length
    expect(await post('/v1/batch', batchOf([...fifteen, callOf(rest)]))).toEqual(accepted(16))
    expect(await post('/v1/batch', batchOf(Array<string>(2500).fill(JSON.stringify(call))))).toEqual(accepted(2500))
  })

  it('must not have more of either', async () => {
    const sixteen = Array<string>(16).fill(callOf(32 * KB))
    expect(await post('/v1/batch', batchOf(sixteen))).toEqual(invalid('The body is larger than 500 KB'))
    expect(await post('/v1/batch', gzipSync(batchOf(sixteen)))).toEqual(invalid('The body is larger than 500 KB'))
    expect(await post('/v1/batch', batchOf(Array<string>(2501).fill('{}')))).toEqual(
      invalid('A batch must not hold more than 2,500 messages')
    )
  })

  it('is rejected as a whole if one message has more than 32 KB', async () => {
    expect(await post('/v1/batch', batchOf([callOf(100), callOf(32 * KB + 1)]))).toEqual(
      invalid('batch[1] is larger than 32 KB')
    )
  })
})

describe('a body that can not be read', () => {
  it.each([
    ['', 'The body is empty'],
    ['{"userId":', 'The body is not valid JSON'],
    ['[]', 'The body must be a JSON object'],
    ['null', 'The body must be a JSON object']
  ])('is responded to with 400: %j', async (payload, message) => {
    expect(await post('/v1/track', payload)).toEqual(invalid(message))
  })

  it.each([
    ['{}', 'A batch must be an object with an array "batch"'],
    ['{"batch":{}}', 'A batch must be an object with an array "batch"'],
    ['{"batch":[{},5]}', 'batch[1] must be an object']
  ])('is responded to with 400 by the batch endpoint: %j', async (payload, message) => {
    expect(await post('/v1/batch', payload)).toEqual(invalid(message))
  })

  it('is responded to with 400 if its gzip is damaged', async () => {
    const damaged = gzipSync(callOf(1000)).subarray(0, 50)
    expect(await post('/v1/track', damaged)).toEqual(invalid('The body is not valid gzip'))
  })

  it('is responded to with 400 if Fastify can not read it', async () => {
    const { app } = buildSource()
    const response = await app.inject({
      method: 'POST',
      url: '/v1/track',
      headers: { ...headers, 'content-length': '5' },
      payload: '{}'
    })
    expect([response.statusCode, response.json()]).toEqual([
      400,
      { code: 'invalid_request', message: 'The request could not be read' }
    ])
  })
})

describe('a request that is refused as a whole', () => {
  const tooLarge = `{"writeKey":"${WRITE_KEY}","batch":[${JSON.stringify(call)},${callOf(40 * KB)}]}`
  const basicAuth = { authorization: authorization() }

  it.each<[string, InjectOptions, object]>([
    ['with the key in its body', { payload: tooLarge }, { reason: 'batch[1] is larger than 32 KB' }],
    ['compressed', { payload: gzipSync(tooLarge) }, { reason: 'batch[1] is larger than 32 KB' }],
    ['that is no JSON', { payload: '{', headers: basicAuth }, { reason: 'The body is not valid JSON' }],
    ['without a body', { headers: basicAuth }, { reason: 'The body is empty' }],
    [
      'that is too large to be read',
      { payload: callOf(600 * KB), headers: basicAuth },
      { reason: 'The body is larger than 500 KB' }
    ],
    [
      'with an unknown key',
      { payload: tooLarge.replace(WRITE_KEY, 'unknown') },
      { reason: 'batch[1] is larger than 32 KB', sourceId: undefined }
    ],
    [
      'to a path that does not exist',
      { url: '/v1/batches?x=1', headers: basicAuth },
      { path: '/v1/batches', reason: "This path is not part of Segment's Tracking API" }
    ],
    [
      'for the settings of an unknown source',
      { method: 'GET', url: '/v1/projects/unknown/settings' },
      {
        method: 'GET',
        path: '/v1/projects/unknown/settings',
        reason: 'No source has this write key: copy the key from the page of the source',
        sourceId: undefined
      }
    ]
  ])('is told, with its source and reason: one %s', async (_kind, request, expected) => {
    const { app, received, refused } = buildSource()
    await app.inject({ method: 'POST', url: '/v1/batch', ...request })

    expect(received).toEqual([])
    expect(refused).toEqual([
      { sourceId: 'source-1', method: 'POST', path: '/v1/batch', receivedAt: expect.any(Date), ...expected }
    ])
  })
})

describe('too many requests in a second', () => {
  it('are responded to with 429 and the seconds to wait', async () => {
    const { app, received } = buildSource({ maxRequestsPerSecond: 2 })
    const send = () =>
      app.inject({ method: 'POST', url: '/v1/track', headers, payload: { ...call, writeKey: WRITE_KEY } })
    await send()
    const second = await send()
    const third = await send()

    expect(second.statusCode).toBe(200)
    expect(third.statusCode).toBe(429)
    expect(third.json()).toEqual({
      code: 'too_many_requests',
      message: 'Too many requests: wait for the time in Retry-After'
    })
    expect(third.headers).toMatchObject({ 'retry-after': '1', 'x-ratelimit-reset': '1' })
    expect(received).toHaveLength(2)
  })
})

describe('a failure of the source itself', () => {
  it('is responded to with 500, so that clients try again', async () => {
    const { app } = buildSource({
      onMessage: () => {
        throw new Error('no memory')
      }
    })
    const response = await app.inject({ method: 'POST', url: '/v1/track', headers, payload: call })

    expect([response.statusCode, response.json()]).toEqual([
      500,
      { code: 'internal', message: 'The source failed to receive this request' }
    ])
  })
})

describe('a path that is not part of the Tracking API', () => {
  it('is responded to with 404 as JSON', async () => {
    const { app } = buildSource()
    const response = await app.inject({ method: 'POST', url: '/v1/events', headers, payload: call })

    expect([response.statusCode, response.json()]).toEqual([
      404,
      { code: 'not_found', message: "This path is not part of Segment's Tracking API" }
    ])
  })
})
