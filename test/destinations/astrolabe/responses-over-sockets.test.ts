import { once } from 'events'
import type { IncomingMessage, ServerResponse } from 'http'
import { inspect } from 'util'
import { createTestIntegration, Destination } from '@segment/actions-core'
import type { DestinationDefinition } from '@segment/actions-core'
import * as catalog from '../../../src/catalog'
import type { Settings } from '../../../src/destinations/astrolabe/generated-types'
import { AttemptSignals } from '../../../src/runtime/attempt-signals'
import { holdTimersOf } from '../../held-timers'
import { startServer } from '../../http'
import type { LocalServer } from '../../http'

/**
 * How the request client reads a response from a real socket, which nock can't show. Without `skipResponseCloning` a
 * response of 5 MB hangs past every timeout, and so does one that stalls.
 */
const TIMEOUT = 10000

let astrolabe: LocalServer
let respond: (request: IncomingMessage, response: ServerResponse) => void
let destination: DestinationDefinition<Settings>

beforeAll(async () => {
  astrolabe = await startServer((request, response) => {
    request.resume().once('end', () => respond(request, response))
  })
  destination = catalog.withBaseUrl(catalog.destination, `${astrolabe.origin}/v1`)
})

afterEach(() => {
  jest.restoreAllMocks()
})

afterAll(() => astrolabe.close())

const event = { type: 'track', event: 'User Registered', userId: 'userId123' } as const

const data = { apiKey: 'fake-api-key', subscription: { ...catalog.destination.presets?.[2] } }

const deliver = () =>
  createTestIntegration(destination).testAction('track', {
    event,
    settings: { apiKey: 'fake-api-key' },
    useDefaultMappings: true
  })

const deliverBatch = (events: number) => {
  const target = createTestIntegration(destination)
  return target
    .testBatchAction('track', {
      events: Array.from({ length: events }, () => event),
      settings: { apiKey: 'fake-api-key' },
      useDefaultMappings: true
    })
    .then(() => target.results[0].multistatus ?? [])
}

describe('a response of 5 MB', () => {
  const padding = 'x'.repeat(5 * 1024 * 1024)

  it('is read to its end after a single event', async () => {
    respond = (_request, response) => response.end(padding)

    const responses = await deliver()

    expect(responses.map(({ status, content }) => [status, content.length])).toEqual([[200, padding.length]])
  })

  it('is read to its end after a batch', async () => {
    respond = (_request, response) =>
      response.end(JSON.stringify({ results: [{ status: 200 }, { status: 202 }], padding }))

    expect((await deliverBatch(2)).map(({ status }) => status)).toEqual([200, 202])
  })
})

describe('a response that stalls in the middle of its body', () => {
  beforeEach(() => {
    respond = (_request, response) => {
      // The timer for the headers is running by now; the timer for the body starts after it.
      holdTimersOf(TIMEOUT).endComing()
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
      response.write('{"results":[{"status":200')
    }
  })

  const timedOut = {
    name: 'RetryableError',
    message: expect.stringMatching(
      /^Astrolabe did not respond \(Response timeout while trying to fetch .* \(over 10000ms\)\)\.$/
    )
  }

  it('fails within the timeout, as a single event', async () => {
    await expect(deliver()).rejects.toMatchObject(timedOut)
  })

  it('fails within the timeout, in a batch', async () => {
    await expect(deliverBatch(2)).rejects.toMatchObject(timedOut)
  })
})

describe('a response without an end', () => {
  const tooLarge = { name: 'RetryableError', status: 500, message: "Astrolabe's response is larger than 10 MB." }
  let sent: number
  let closed: Promise<unknown>

  beforeEach(() => {
    // node-fetch leaves the timer of such a body running.
    const { setTimeout } = global
    jest.spyOn(global, 'setTimeout').mockImplementation((callback, delay) => setTimeout(callback, delay).unref())
    sent = 0
    respond = (_request, response) => {
      const chunk = Buffer.alloc(64 * 1024, 'x')
      const send = () => {
        do {
          sent += chunk.length
        } while (!response.destroyed && response.write(chunk))
      }
      closed = once(response, 'close')
      response.on('drain', send)
      send()
    }
  })

  it('is read up to 10 MB, as a single event', async () => {
    const delivery = new AttemptSignals().run((signal) => new Destination(destination).onEvent(event, data, { signal }))

    await expect(delivery).rejects.toMatchObject(tooLarge)

    await closed
    expect(sent).toBeGreaterThan(10 * 1024 * 1024)
  })

  it('is read up to 10 MB, in a batch', async () => {
    const delivery = new AttemptSignals().run((signal) =>
      new Destination(destination).onBatch([event, event], data, { signal })
    )

    await expect(delivery).rejects.toMatchObject(tooLarge)

    await closed
    expect(sent).toBeGreaterThan(10 * 1024 * 1024)
  })
})

describe('no response', () => {
  const timedOut = {
    name: 'RetryableError',
    status: 408,
    message: 'Astrolabe did not respond (Request timed out after 10000ms).'
  }

  beforeEach(() => {
    respond = () => undefined
    holdTimersOf(TIMEOUT).endComing()
  })

  it('fails after 10 seconds, as a single event', async () => {
    await expect(deliver()).rejects.toMatchObject(timedOut)
  })

  it('fails after 10 seconds, in a batch', async () => {
    await expect(deliverBatch(2)).rejects.toMatchObject(timedOut)
  })

  it('leaves the request, which holds the API key and the traits, out of the error', async () => {
    const error = await deliver().then(
      () => undefined,
      (reason: unknown) => inspect(reason, { depth: null })
    )

    expect(error).toContain('RetryableError: Astrolabe did not respond')
    expect(error).not.toMatch(/fake-api-key|ZmFrZS1hcGkta2V5|userId/)
  })

  it('is reported by the platform if it ended the request itself', async () => {
    const platform = new AbortController()
    const delivery = new Destination(destination).onEvent(event, data, { signal: platform.signal })
    platform.abort()

    await expect(delivery).rejects.toMatchObject({
      name: 'RequestClientError',
      status: 408,
      message: 'Request was aborted'
    })
  })

  it("fails after 10 seconds even if the platform passes a signal, which turns off the framework's timer", async () => {
    const { signal } = new AbortController()
    const delivery = new Destination(destination).onEvent(event, data, { signal })

    await expect(delivery).rejects.toMatchObject(timedOut)
  })
})
