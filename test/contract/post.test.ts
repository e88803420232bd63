import type { RequestListener } from 'node:http'
import { post } from '../../src/contract/post'
import { startServer } from '../http'

/** Posts to a server that responds with `listener`. */
async function postTo(listener: RequestListener, timeLimit = 10_000, bodyLimit = Infinity) {
  const { origin, close } = await startServer(listener)
  try {
    return await post(`${origin}/`, '{}', { headers: {}, timeLimit, bodyLimit, signal: new AbortController().signal })
  } finally {
    await close()
  }
}

describe('post', () => {
  it('returns status, headers and body', async () => {
    const outcome = await postTo((_request, response) => response.writeHead(418, { 'retry-after': '1' }).end('tea'))

    expect(outcome).toMatchObject({ status: 418, body: 'tea' })
    expect('headers' in outcome && outcome.headers['retry-after']).toBe('1')
  })

  it('follows no redirect', async () => {
    const paths: unknown[] = []
    const outcome = await postTo((request, response) => {
      paths.push(request.url)
      response.writeHead(307, { location: '/elsewhere' }).end()
    })

    expect(outcome).toMatchObject({ status: 307 })
    expect(paths).toEqual(['/'])
  })

  it.each([500, 503, 429])('never retries %d', async (status) => {
    let count = 0
    await postTo((_request, response) => {
      count++
      response.writeHead(status, { 'retry-after': '0' }).end()
    })

    expect(count).toBe(1)
  })

  it('times out if the body stalls', async () => {
    expect(await postTo((_request, response) => response.writeHead(200).write('{'), 200)).toEqual({
      timedOut: true,
      error: 'no response within 0.2 s'
    })
  })

  it('says that the connection was closed', async () => {
    expect(await postTo(({ socket }) => socket.destroy())).toEqual({
      timedOut: false,
      error: 'the connection was closed before the response was complete'
    })
  })

  it('says that the connection was closed within the body', async () => {
    const outcome = await postTo(({ socket }, response) => {
      response.writeHead(200, { 'content-length': 10 }).write('{', () => socket.destroy())
    })

    expect(outcome).toEqual({ timedOut: false, error: 'the connection was closed before the response was complete' })
  })

  it('reads at most 8 MB', async () => {
    expect(await postTo((_request, response) => response.end('x'.repeat(9 * 1024 * 1024)))).toEqual({
      timedOut: false,
      error: 'the response is larger than 8 MB'
    })
  })

  it('keeps as much of a body as it is asked to, and reads the rest', async () => {
    expect(await postTo((_request, response) => response.end('x'.repeat(100_000)), 10_000, 10)).toMatchObject({
      body: 'x'.repeat(10)
    })
  })

  it('says why a request cannot be sent', async () => {
    const signal = new AbortController().signal

    expect(
      await post('http://127.0.0.1:9/', '{}', { headers: {}, timeLimit: 10_000, bodyLimit: Infinity, signal })
    ).toEqual({
      timedOut: false,
      error: 'the connection was refused'
    })
  })

  it('rejects with the reason of its signal', async () => {
    const stop = new AbortController()
    const outcome = post('http://127.0.0.1:9/', '{}', {
      headers: {},
      timeLimit: 10_000,
      bodyLimit: Infinity,
      signal: stop.signal
    })
    stop.abort(new Error('stopped'))

    await expect(outcome).rejects.toThrow('stopped')
  })
})
