import { buildSandbox } from '../../src/sandbox/build'
import { held, post, postText } from './sandbox-client'

const identify = { type: 'identify', userId: 'ada' }
const group = { type: 'group', groupId: 'initech', userId: 'ada' }
const track = { type: 'track', userId: 'ada', event: 'Signed Up' }

describe('a batch', () => {
  it('gets 200 with one result per message if all are accepted', async () => {
    const app = buildSandbox()
    expect(await post(app, '/v1/batch', { batch: [identify, group, track] })).toEqual({
      status: 200,
      body: { results: [{ status: 200 }, { status: 200 }, { status: 200 }] }
    })
    expect(await held(app, 'users')).toMatchObject({ users: [{ userId: 'ada', accounts: ['initech'] }] })
    expect(await held(app, 'events')).toEqual({ events: [track], dropped: 0 })
  })

  it('gets 207 with the results in the order of the messages if one is rejected', async () => {
    const app = buildSandbox()
    const batch = [identify, null, {}, { type: 'page', userId: 'ada' }, { ...track, enable_batching: true }, track]
    expect(await post(app, '/v1/batch', { batch })).toEqual({
      status: 207,
      body: {
        results: [
          { status: 200 },
          { status: 400, message: 'The message must be an object' },
          { status: 400, message: 'type is missing' },
          { status: 501, message: 'type is not supported: it must be identify, group or track' },
          { status: 400, message: '"enable_batching" is not a field of the message' },
          { status: 200 }
        ]
      }
    })
    expect(await held(app, 'events')).toEqual({ events: [track], dropped: 0 })
  })

  it('gets 207 if every message is rejected', async () => {
    expect(await post(buildSandbox(), '/v1/batch', { batch: [{}] })).toEqual({
      status: 207,
      body: { results: [{ status: 400, message: 'type is missing' }] }
    })
  })

  it('gives each message the result that it gets as a single message', async () => {
    const messages = [identify, group, track, {}, [], 'x', { type: 'alias' }, { ...group, groupId: 5 }]
    const together = (await post(buildSandbox(), '/v1/batch', { batch: messages })).body
    const alone = []
    for (const message of messages) {
      const { status, body } = await post(buildSandbox(), '/v1/events', message)
      alone.push(Object.assign({ status }, body))
    }
    expect(together).toEqual({ results: alone })
  })

  it('applies a messageId once, within it and after it', async () => {
    const app = buildSandbox()
    const once = { ...track, messageId: 'm-1' }
    const accepted = { status: 200, body: { results: [{ status: 200 }, { status: 200 }] } }
    expect(await post(app, '/v1/batch', { batch: [once, once] })).toEqual(accepted)
    expect(await post(app, '/v1/batch', { batch: [once, once] })).toEqual(accepted)
    expect(await held(app, 'events')).toEqual({ events: [once], dropped: 0 })
  })

  it.each([
    ['', 'The body is empty'],
    ['{"batch":[', 'The body is not valid JSON'],
    ['[]', 'The body must be an object'],
    ['null', 'The body must be an object'],
    ['{}', 'batch is missing'],
    ['{"batch":{}}', 'batch must be an array'],
    ['{"batch":null}', 'batch must be an array'],
    ['{"batch":[]}', 'batch is empty'],
    ['{"batch":[{}],"sentAt":"2024-05-06"}', '"sentAt" is not a field of the body']
  ])('that is malformed gets 400 as a whole: %s', async (text, message) => {
    expect(await postText(buildSandbox(), '/v1/batch', text)).toEqual({ status: 400, body: { message } })
  })

  it('of 1,000 messages is accepted, and a larger one gets 413 as a whole', async () => {
    const app = buildSandbox()
    const full = Array.from({ length: 1000 }, () => track)
    expect((await post(app, '/v1/batch', { batch: full })).status).toBe(200)
    expect(await post(app, '/v1/batch', { batch: [...full, track] })).toEqual({
      status: 413,
      body: { message: 'batch holds more than 1000 messages' }
    })
    expect(await held(app, 'events')).toMatchObject({ events: { length: 1000 } })
  })

  it('of 4 MB is accepted, and a larger one gets 413 as a whole', async () => {
    const app = buildSandbox()
    const text = JSON.stringify({ batch: [track] })
    expect((await postText(app, '/v1/batch', text.padEnd(4 * 1024 * 1024))).status).toBe(200)
    expect(await postText(app, '/v1/batch', text.padEnd(4 * 1024 * 1024 + 1))).toEqual({
      status: 413,
      body: { message: 'The body is larger than 4 MB' }
    })
    expect(await held(app, 'events')).toEqual({ events: [track], dropped: 0 })
  })

  it('gets 404 if the sandbox serves only the documented API', async () => {
    const app = buildSandbox({ batch: false })
    expect(await post(app, '/v1/batch', { batch: [track] })).toEqual({
      status: 404,
      body: { message: 'There is no such endpoint: messages go to POST /v1/events' }
    })
    expect(await post(app, '/v1/events', track)).toEqual({ status: 200, body: {} })
  })
})
