import { createServer } from 'http'
import type { IncomingMessage, Server, ServerResponse } from 'http'
import type { AddressInfo } from 'net'
import { inspect } from 'util'
import { createTestIntegration, Destination } from '@segment/actions-core'
import type { DestinationDefinition } from '@segment/actions-core'
import * as catalog from '../../../src/catalog'
import type { Settings } from '../../../src/destinations/astrolabe/generated-types'

/**
 * What nock cannot show: how the request client reads an answer off a real socket. Without `skipResponseCloning` both of
 * these hang, past every timeout.
 */
const TIMEOUT = 10000

let server: Server
let answer: (request: IncomingMessage, response: ServerResponse) => void
let destination: DestinationDefinition<Settings>

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume().once('end', () => answer(request, response))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  destination = catalog.withBaseUrl(
    catalog.destination,
    `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  )
})

afterEach(() => {
  jest.restoreAllMocks()
})

afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const event = { type: 'track', event: 'User Registered', userId: 'userId123' } as const

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

describe('an answer of 5 MB', () => {
  const padding = 'x'.repeat(5 * 1024 * 1024)

  it('is read to its end after one event', async () => {
    answer = (_request, response) => response.end(padding)

    const responses = await deliver()

    expect(responses.map(({ status, content }) => [status, content.length])).toEqual([[200, padding.length]])
  })

  it('is read to its end after a batch', async () => {
    answer = (_request, response) =>
      response.end(JSON.stringify({ results: [{ status: 200 }, { status: 202 }], padding }))

    expect((await deliverBatch(2)).map(({ status }) => status)).toEqual([200, 202])
  })
})

describe('an answer that stalls in the middle of its body', () => {
  beforeEach(() => {
    answer = (_request, response) => {
      // The timer that guards the head runs by now; the one that guards the body starts after it.
      endTimersOf(TIMEOUT)
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
      response.write('{"results":[{"status":200')
    }
  })

  const timedOut = {
    name: 'RetryableError',
    message: expect.stringMatching(
      /^Astrolabe did not answer \(Response timeout while trying to fetch .* \(over 10000ms\)\)\. Segment sends this again later\.$/
    )
  }

  it('fails within the timeout, alone', async () => {
    await expect(deliver()).rejects.toMatchObject(timedOut)
  })

  it('fails within the timeout, in a batch', async () => {
    await expect(deliverBatch(2)).rejects.toMatchObject(timedOut)
  })
})

describe('no answer at all', () => {
  const timedOut = {
    name: 'RetryableError',
    status: 408,
    message: 'Astrolabe did not answer (Request timed out after 10000ms). Segment sends this again later.'
  }

  beforeEach(() => {
    answer = () => undefined
    endTimersOf(TIMEOUT)
  })

  it('fails after 10 seconds, alone', async () => {
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

    expect(error).toContain('RetryableError: Astrolabe did not answer')
    expect(error).not.toMatch(/fake-api-key|ZmFrZS1hcGkta2V5|userId/)
  })

  it('is left to the platform to report where it ended the request itself', async () => {
    const platform = new AbortController()
    const delivery = new Destination(destination).onEvent(
      event,
      { apiKey: 'fake-api-key', subscription: { ...destination.presets?.[2] } },
      { signal: platform.signal }
    )
    platform.abort()

    await expect(delivery).rejects.toMatchObject({
      name: 'RequestClientError',
      status: 408,
      message: 'Request was aborted'
    })
  })

  it("fails after 10 seconds too where the platform passes a signal, which turns off the framework's timer", async () => {
    const delivery = new Destination(destination).onEvent(
      event,
      { apiKey: 'fake-api-key', subscription: { ...destination.presets?.[2] } },
      { signal: new AbortController().signal }
    )

    await expect(delivery).rejects.toMatchObject(timedOut)
  })
})

/**
 * Nobody waits ten seconds: until mocks are restored, timers of just this length end at once. It stands here because the
 * jest of Segment's monorepo takes every module beside a test for one.
 */
function endTimersOf(milliseconds: number): void {
  const original = global.setTimeout
  jest
    .spyOn(global, 'setTimeout')
    .mockImplementation((callback: () => void, delay?: number) =>
      original(callback, delay === milliseconds ? 0 : delay)
    )
}
