import { once } from 'node:events'
import type { Socket } from 'node:net'
import type { DestinationDefinition } from '@segment/actions-core'
import { createRuntime } from '../../src/runtime'
import { AttemptSignals } from '../../src/runtime/attempt-signals'
import { holdTimersOf } from '../held-timers'
import { startServer } from '../http'

afterEach(() => {
  jest.restoreAllMocks()
  jest.useRealTimers()
})

/** A destination that waits ten seconds for an answer, as most do. */
const definitionFor = (url: string, use = (answer: Promise<unknown>) => answer): DestinationDefinition<object> => ({
  name: 'Records',
  mode: 'cloud',
  actions: {
    add: {
      title: 'Add',
      description: 'Add',
      fields: {},
      perform: (request) => use(request(url, { method: 'post', json: {}, timeout: 10_000, skipResponseCloning: true }))
    }
  }
})

const runtimeOf = (definition: DestinationDefinition<object>) =>
  createRuntime({ definition, settings: {}, subscriptions: [{ partnerAction: 'add', subscribe: 'type = "track"' }] })

/** A server that stops in the middle of its response, when the time of the one who waits for it is over. */
async function startStallingServer(): Promise<{ origin: string; untilClosed(): Promise<void> }> {
  const { server, origin, close } = await startServer((_request, response) => {
    holdTimersOf(10_000).endComing()
    response.writeHead(200, { 'content-length': '1000' }).write('{')
  })
  const connected = once(server, 'connection')
  return {
    origin,
    async untilClosed() {
      const [socket] = (await connected) as [Socket]
      await once(socket, 'close')
      await close()
    }
  }
}

describe('an attempt', () => {
  it('leaves no connection open if the response stalls, however long the other end keeps it open', async () => {
    const { origin, untilClosed } = await startStallingServer()
    const [result] = await runtimeOf(definitionFor(origin)).attempt({ type: 'track' }, [0])
    expect(result).toMatchObject({ outcome: 'retryable', reason: expect.stringMatching(/^Response timeout/) })

    await untilClosed()
  })

  it('leaves none open either if the action makes do without the response', async () => {
    const { origin, untilClosed } = await startStallingServer()
    const definition = definitionFor(origin, (answer) => answer.catch(() => undefined))

    const [result] = await runtimeOf(definition).attempt({ type: 'track' }, [0])
    expect(result.outcome).toBe('delivered')

    await untilClosed()
  })

  it.each([
    ['a length', 'Content-Length: 1000\r\n\r\n{'],
    ['chunks', 'Transfer-Encoding: chunked\r\n\r\n3e8\r\n{']
  ])('fails at once if the connection ends in the middle of a response with %s', async (_framing, rest) => {
    const { origin, close } = await startServer(({ socket }) => socket.end(`HTTP/1.1 200 OK\r\n${rest}`))
    const timers = holdTimersOf(10_000)

    const [result] = await runtimeOf(definitionFor(origin)).attempt({ type: 'track' }, [0])

    expect(result).toMatchObject({
      outcome: 'retryable',
      errorCode: 'ECONNRESET',
      reason: `Invalid response body while trying to fetch ${origin}/: the connection ended in the middle of the response`
    })
    timers.endRunning()
    await close()
  })

  it('takes the end of the connection for the end of a response without a length', async () => {
    const { origin, close } = await startServer(({ socket }) => socket.end('HTTP/1.1 200 OK\r\n\r\n{}'))

    const [result] = await runtimeOf(definitionFor(origin)).attempt({ type: 'track' }, [0])

    expect(result.outcome).toBe('delivered')
    await close()
  })

  it('ends with a timeout after a minute if the destination sets none of its own', async () => {
    jest.useFakeTimers()
    const reasons: unknown[] = []
    const attempt = new AttemptSignals().run(
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

  it('gets a signal of its own after one that failed, or that had a request that failed', async () => {
    const signals = new AttemptSignals()
    const seen: AbortSignal[] = []
    const attempt = async (run: () => void) => signals.run(async (signal) => void (seen.push(signal), run()))
    const fail = () => {
      throw new Error('Refused.')
    }

    await attempt(() => undefined)
    await attempt(() => signals.fail())
    await attempt(() => undefined)
    await expect(attempt(fail)).rejects.toThrow('Refused.')
    await attempt(() => undefined)

    expect(seen.map((signal) => seen.indexOf(signal))).toEqual([0, 0, 2, 2, 4])
    expect(seen.map(({ aborted }) => aborted)).toEqual([true, true, true, true, false])
  })

  it('has its signal aborted at its end if a request of an earlier attempt failed late', async () => {
    const signals = new AttemptSignals()
    await signals.run(() => Promise.resolve())
    signals.fail()

    const signal = await signals.run((own) => Promise.resolve(own))
    expect(signal.aborted).toBe(true)
  })

  it('shares its signal with a hundred attempts at most, because requests add to it', async () => {
    const signals = new AttemptSignals()
    const seen = new Set<AbortSignal>()
    for (let attempts = 0; attempts < 300; attempts++) {
      await signals.run(async (signal) => void seen.add(signal))
    }

    expect(seen.size).toBe(3)
    await signals.run(async (signal) => expect(seen).not.toContain(signal))
  })

  it('leaves no timer behind', async () => {
    jest.useFakeTimers()
    await new AttemptSignals().run(async ({ aborted }) => expect(aborted).toBe(false))

    expect(jest.getTimerCount()).toBe(0)
  })
})
