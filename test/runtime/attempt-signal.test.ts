import { once } from 'node:events'
import type { Socket } from 'node:net'
import { Destination } from '@segment/actions-core'
import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import { attemptWithSignal } from '../../src/runtime/attempt-signal'
import { holdTimersOf } from '../held-timers'
import { startServer } from '../http'

afterEach(() => {
  jest.restoreAllMocks()
  jest.useRealTimers()
})

/** A destination that waits ten seconds for an answer, as most do. */
const destination = (url: string) =>
  new Destination({
    name: 'Records',
    mode: 'cloud',
    actions: {
      add: {
        title: 'Add',
        description: 'Add',
        fields: {},
        perform: (request) => request(url, { method: 'post', json: {}, timeout: 10_000, skipResponseCloning: true })
      }
    }
  } satisfies DestinationDefinition<object>)

describe('an attempt', () => {
  it('leaves no connection open if the response stalls, however long the other end keeps it open', async () => {
    const { server, origin, close } = await startServer((_request, response) => {
      holdTimersOf(10_000).endComing()
      response.writeHead(200, { 'content-length': '1000' }).write('{')
    })
    const connected = once(server, 'connection')
    const target = destination(origin)
    const settings = { subscription: { partnerAction: 'add', subscribe: 'type = "track"' } } as unknown as JSONObject

    const attempt = attemptWithSignal((signal) => target.onEvent({ type: 'track' }, settings, { signal }))
    await expect(attempt).rejects.toThrow(/^Response timeout/)

    const [socket] = (await connected) as [Socket]
    await once(socket, 'close')
    await close()
  })

  it('ends with a timeout after a minute if the destination sets none of its own', async () => {
    jest.useFakeTimers()
    const reasons: unknown[] = []
    const attempt = attemptWithSignal(
      (signal) =>
        new Promise<void>((resolve) => {
          signal.onabort = () => {
            reasons.push((signal.reason as Error).name)
            resolve()
          }
        })
    )
    jest.advanceTimersByTime(59_999)
    expect(reasons).toEqual([])

    jest.advanceTimersByTime(1)
    await attempt
    expect(reasons).toEqual(['TimeoutError'])
  })

  it('leaves no timer behind', async () => {
    jest.useFakeTimers()
    await attemptWithSignal(async ({ aborted }) => expect(aborted).toBe(false))

    expect(jest.getTimerCount()).toBe(0)
  })
})
