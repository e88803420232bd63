import { authorization, buildSource, WRITE_KEY } from './local-source'

const call = {
  writeKey: WRITE_KEY,
  anonymousId: 'anonymous-1',
  event: 'Email Opened',
  properties: { plan: 'Pro>>>>>' }
}

async function get(url: string, headers = {}) {
  const { app, received } = buildSource()
  const response = await app.inject({ url, headers })
  expect(response.statusCode).toBe(200)
  expect(response.headers).toMatchObject({ 'content-type': 'image/gif', 'cache-control': 'no-store' })
  expect(response.rawPayload.subarray(0, 10).toString('latin1')).toBe('GIF89a\x01\x00\x01\x00')
  return received
}

describe('the pixel', () => {
  const base64 = Buffer.from(JSON.stringify(call)).toString('base64')
  const { writeKey: _writeKey, ...message } = call

  it('receives a call as JSON in base64', async () => {
    expect(await get(`/v1/pixel/track?data=${encodeURIComponent(base64)}`)).toEqual([
      { sourceId: 'source-1', message: expect.objectContaining({ ...message, type: 'track' }) }
    ])
  })

  it('receives base64 that was not escaped in the URL', async () => {
    expect(base64).toContain('+')
    expect(await get(`/v1/pixel/track?data=${base64}`)).toMatchObject([{ sourceId: 'source-1', message }])
  })

  it('receives a call as flat fields', async () => {
    const query = `writeKey=${WRITE_KEY}&anonymousId=anonymous-1&event=Email%20Opened&properties.plan=Pro&context.page.url=/a`
    expect(await get(`/v1/pixel/track?${query}`)).toEqual([
      {
        sourceId: 'source-1',
        message: expect.objectContaining({
          type: 'track',
          anonymousId: 'anonymous-1',
          event: 'Email Opened',
          properties: { plan: 'Pro' },
          context: { page: { url: '/a' } }
        })
      }
    ])
  })

  it('takes the write key from Basic authentication too', async () => {
    expect(await get('/v1/pixel/page?anonymousId=anonymous-1', { authorization: authorization() })).toMatchObject([
      { sourceId: 'source-1', message: { type: 'page' } }
    ])
  })

  it.each([
    ['data=%%%', 'The body is not valid JSON'],
    ['data=bm90IGpzb24', 'The body is not valid JSON'],
    [`${'a.'.repeat(150)}a=1`, 'The message is nested more than 100 levels deep']
  ])('responds with the image and tells why it was refused if the call can not be read: %s', async (query, reason) => {
    const { app, received, refused } = buildSource()
    const { statusCode, headers } = await app.inject(`/v1/pixel/track?writeKey=${WRITE_KEY}&${query}`)

    expect([statusCode, headers['content-type'], received]).toEqual([200, 'image/gif', []])
    expect(refused).toMatchObject([{ sourceId: 'source-1', method: 'GET', path: '/v1/pixel/track', reason }])
  })

  it('leaves prototypes alone', async () => {
    await get(
      `/v1/pixel/track?writeKey=${WRITE_KEY}&anonymousId=a&event=a&__proto__.polluted=1&constructor.prototype.polluted=1`
    )
    expect({}).not.toHaveProperty('polluted')
  })

  it('hands on an unknown type with its reason', async () => {
    expect(await get(`/v1/pixel/open?writeKey=${WRITE_KEY}&anonymousId=a`)).toMatchObject([
      { sourceId: 'source-1', message: { type: 'open' }, dropped: { code: 'unknown_type' } }
    ])
  })
})
