import { buildSandbox } from '../../src/sandbox/build'
import { held, post, postText } from './sandbox-client'

const LIMIT = 36 * 1024

/** An identify message of exactly so many bytes of JSON, filled with a character of one or more bytes. */
function messageOf(bytes: number, filler = 'x') {
  const message = { type: 'identify', userId: 'ada', traits: { note: '' } }
  const room = bytes - Buffer.byteLength(JSON.stringify(message))
  const size = Buffer.byteLength(filler)
  message.traits.note = filler.repeat(Math.floor(room / size)) + 'x'.repeat(room % size)
  return message
}

/** An identify message whose one trait is so many arrays, one in the other. */
function nested(levels: number): string {
  return `{"type":"identify","userId":"ada","traits":{"deep":${'['.repeat(levels)}${']'.repeat(levels)}}}`
}

describe('the size of a message', () => {
  it.each(['x', 'é', '😀'])('may be 36 KB of JSON and no more, counted in bytes (filled with %s)', async (filler) => {
    const app = buildSandbox()
    expect(await post(app, '/v1/events', messageOf(LIMIT, filler))).toEqual({ status: 200, body: {} })
    expect(await post(app, '/v1/events', messageOf(LIMIT + 1, filler))).toEqual({
      status: 413,
      body: { message: 'The message is larger than 36 KB' }
    })
  })

  it('is the same limit for each message of a batch, and only that message gets 413', async () => {
    const app = buildSandbox()
    const batch = [messageOf(LIMIT), messageOf(LIMIT + 1), messageOf(LIMIT + 1, 'é'), messageOf(LIMIT, 'é')]
    const tooLarge = { status: 413, message: 'The message is larger than 36 KB' }
    expect(await post(app, '/v1/batch', { batch })).toEqual({
      status: 207,
      body: { results: [{ status: 200 }, tooLarge, tooLarge, { status: 200 }] }
    })
  })

  it('is that of its JSON without white space, as a single message and in a batch', async () => {
    const app = buildSandbox()
    const [small, large] = [messageOf(LIMIT), messageOf(LIMIT + 1)].map((message) => JSON.stringify(message))
    const padded = small.replace('{', `{${' '.repeat(40_000)}`)
    expect(await postText(app, '/v1/events', padded)).toEqual({ status: 200, body: {} })
    expect(await postText(app, '/v1/batch', `{"batch":[${padded},${large}]}`)).toMatchObject({
      body: { results: [{ status: 200 }, { status: 413 }] }
    })
  })

  it('is checked before the message', async () => {
    const malformed = { ...messageOf(LIMIT), leaked: 1 }
    expect((await post(buildSandbox(), '/v1/events', malformed)).status).toBe(413)
    expect(await post(buildSandbox(), '/v1/batch', { batch: [malformed] })).toMatchObject({
      body: { results: [{ status: 413 }] }
    })
  })
})

describe('the depth of a message', () => {
  it('may be far beyond any real one, and such a message can be shown', async () => {
    const app = buildSandbox()
    expect(await postText(app, '/v1/events', nested(998))).toEqual({ status: 200, body: {} })
    expect(await held(app, 'users')).toMatchObject({ users: [{ userId: 'ada' }] })
  })

  it.each([999, 16_000])('gets 413 if it is %i nested arrays', async (levels) => {
    expect(await postText(buildSandbox(), '/v1/events', nested(levels))).toEqual({
      status: 413,
      body: { message: 'The message is nested deeper than 1000 levels' }
    })
  })

  it('costs the one message of a batch that goes too deep and no other', async () => {
    const text = `{"batch":[{"type":"identify","userId":"grace"},${nested(1_000_000)}]}`
    expect(await postText(buildSandbox(), '/v1/batch', text)).toEqual({
      status: 207,
      body: {
        results: [{ status: 200 }, { status: 413, message: 'The message is nested deeper than 1000 levels' }]
      }
    })
  })
})
