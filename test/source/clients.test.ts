import { request } from 'node:http'
import { gzipSync } from 'node:zlib'
import type { InjectOptions } from 'fastify'
import { listenOnLoopback } from '../../src/loopback/listen'
import { authorization, buildSource, WRITE_KEY } from './local-source'

const track = { type: 'track', userId: 'userId123', event: 'User Registered', messageId: 'message-1' }
const batch = { batch: [track], sentAt: '2026-01-31T09:00:00.000Z' }
const batchWithKey = { ...batch, writeKey: WRITE_KEY }
const json = { 'content-type': 'application/json' }
const plain = { 'content-type': 'text/plain' }

/** The form of each client's requests, read from the client's source. */
const requests: Array<[client: string, request: InjectOptions]> = [
  [
    'analytics-node',
    { url: '/v1/batch', headers: { ...json, authorization: authorization() }, payload: JSON.stringify(batchWithKey) }
  ],
  [
    'analytics.js',
    {
      url: '/v1/t',
      headers: { ...plain, authorization: authorization() },
      payload: JSON.stringify({ ...track, writeKey: WRITE_KEY })
    }
  ],
  [
    'analytics.js, batching',
    { url: '/v1/b', headers: { ...plain, authorization: authorization() }, payload: JSON.stringify(batchWithKey) }
  ],
  ['Python', { url: '/v1/batch', headers: json, payload: JSON.stringify(batchWithKey) }],
  [
    'Python with gzip',
    {
      url: '/v1/batch',
      headers: { ...json, 'content-encoding': 'gzip' },
      payload: gzipSync(JSON.stringify(batchWithKey))
    }
  ],
  [
    'Python with OAuth',
    {
      url: '/v1/batch',
      headers: { ...json, authorization: 'Bearer fake-token' },
      payload: JSON.stringify(batchWithKey)
    }
  ],
  ['Go', { url: '/v1/batch', headers: { ...json, authorization: authorization() }, payload: JSON.stringify(batch) }],
  ['PHP', { url: '/v1/batch', headers: { ...json, authorization: authorization() }, payload: JSON.stringify(batch) }],
  [
    'PHP with gzip',
    {
      url: '/v1/batch',
      headers: { ...json, authorization: authorization(), 'content-encoding': 'gzip' },
      payload: gzipSync(JSON.stringify(batch))
    }
  ],
  ['Ruby', { url: '/v1/import', headers: { ...json, authorization: authorization() }, payload: JSON.stringify(batch) }],
  [
    'Java',
    { url: '/v1/import/', headers: { ...json, authorization: authorization() }, payload: JSON.stringify(batch) }
  ],
  [
    'Java with gzip',
    {
      url: '/v1/import/',
      headers: { ...json, authorization: authorization(), 'content-encoding': 'gzip' },
      payload: gzipSync(JSON.stringify(batch))
    }
  ],
  [
    'Kotlin',
    { url: '/v1/b', headers: { ...plain, 'content-encoding': 'gzip' }, payload: gzipSync(JSON.stringify(batchWithKey)) }
  ],
  [
    'Swift and React Native',
    {
      url: '/v1/b',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      payload: JSON.stringify(batchWithKey)
    }
  ],
  ['C#', { url: '/v1/b', payload: gzipSync(JSON.stringify(batchWithKey)) }]
]

describe("a request of Segment's client for", () => {
  it.each(requests)('%s is received', async (_client, options) => {
    const { app, received } = buildSource()
    const response = await app.inject({ method: 'POST', ...options })

    expect([response.statusCode, response.json()]).toEqual([200, { success: true }])
    expect(received).toEqual([{ sourceId: 'source-1', message: expect.objectContaining(track) }])
    expect(received[0].message).not.toHaveProperty('writeKey')
  })

  it('Kotlin is received in chunks, without a length', async () => {
    const { app, received } = buildSource()
    const origin = await listenOnLoopback(app, 0)
    const body = gzipSync(JSON.stringify(batchWithKey))
    const status = await new Promise((resolve, reject) => {
      const client = request(`${origin}/v1/b`, {
        method: 'POST',
        headers: { ...plain, 'content-encoding': 'gzip', 'transfer-encoding': 'chunked', connection: 'close' }
      })
      client.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject)
      client.write(body.subarray(0, 20))
      client.end(body.subarray(20))
    })
    await app.close()

    expect(status).toBe(200)
    expect(received).toMatchObject([{ sourceId: 'source-1', message: track }])
  })
})

describe('a request for one call', () => {
  const paths = [
    ['identify', 'i'],
    ['track', 't'],
    ['page', 'p'],
    ['screen', 's'],
    ['group', 'g'],
    ['alias', 'a']
  ].flatMap(([type, letter]) =>
    [type, letter].flatMap((path) => [
      [`/v1/${path}`, type],
      [`/v1/${path}/`, type]
    ])
  )

  it.each(paths)('to %s makes a message of type %s, whatever its body says', async (url, type) => {
    const { app, received } = buildSource()
    await app.inject({
      method: 'POST',
      url,
      headers: { authorization: authorization() },
      payload: { ...track, type: 'other' }
    })

    expect(received).toMatchObject([{ sourceId: 'source-1', message: { type, userId: 'userId123' } }])
  })
})

describe('a batch', () => {
  it('shares its context, its integrations and the time of sending with its messages, which win', async () => {
    const { app, received } = buildSource()
    await app.inject({
      method: 'POST',
      url: '/v1/batch',
      payload: {
        ...batchWithKey,
        context: { ip: '203.0.113.1', locale: 'en' },
        integrations: { All: false, Astrolabe: false },
        batch: [
          { ...track, messageId: 'message-1' },
          { ...track, messageId: 'message-2', context: { locale: 'de' }, integrations: { Astrolabe: true } }
        ]
      }
    })

    expect(received.map(({ message }) => [message.sentAt, message.context, message.integrations])).toEqual([
      [batch.sentAt, { ip: '203.0.113.1', locale: 'en' }, { All: false, Astrolabe: false }],
      [batch.sentAt, { ip: '203.0.113.1', locale: 'de' }, { All: false, Astrolabe: true }]
    ])
  })

  it('keeps the order of its messages', async () => {
    const { app, received } = buildSource()
    const ids = ['message-1', 'message-2', 'message-3']
    const payload = { writeKey: WRITE_KEY, batch: ids.map((messageId) => ({ ...track, messageId })) }
    await app.inject({ method: 'POST', url: '/v1/batch', payload })

    expect(received.map(({ message }) => message.messageId)).toEqual(ids)
  })
})

describe('metrics that a client sends about itself', () => {
  it('are accepted without a key, and make no message', async () => {
    const { app, received } = buildSource()
    const response = await app.inject({ method: 'POST', url: '/v1/m', headers: plain, payload: '{"series":[]}' })

    expect([response.statusCode, response.json(), received]).toEqual([200, { success: true }, []])
  })
})
