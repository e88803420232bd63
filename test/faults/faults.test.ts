import type { SegmentEvent } from '@segment/actions-core'
import { CONNECTION_FAULTS, RESPONSE_FAULTS } from './every-fault'
import { captureOutput, expectedResult, outcomeOf, startWithFault } from './fault-case'
import { API_KEY } from './faulty-astrolabe'
import type { DeliveryResult, FaultyAstrolabe } from './faulty-astrolabe'
import { holdTimersOf } from '../held-timers'
import type { HeldTimers } from '../held-timers'

/** Real sockets, the real framework, and a sandbox with one fault. */
const TIMEOUT = 10_000

const EMAIL = 'ada@example.com'

/** Personal data, and the key in every encoding that requests use. */
const SECRETS = [
  EMAIL,
  API_KEY,
  encodeURIComponent(API_KEY),
  new URLSearchParams({ '': API_KEY }).toString().slice(1),
  base64(API_KEY),
  base64(`${API_KEY}:`)
].map((secret) => secret.replace(/=+$/, ''))

const event = (n: number): SegmentEvent => ({
  type: 'track',
  event: 'User Registered',
  userId: EMAIL,
  properties: { email: EMAIL },
  context: { traits: { email: EMAIL } },
  messageId: `m${n}`
})

let timers: HeldTimers
let astrolabe: FaultyAstrolabe
let output: { readonly text: string }

beforeEach(() => {
  timers = holdTimersOf(TIMEOUT)
  output = captureOutput()
})

afterEach(async () => {
  jest.restoreAllMocks()
  // Ends promptly, and waits for the client's side of every connection.
  await astrolabe.close()
})

describe.each([...RESPONSE_FAULTS, ...CONNECTION_FAULTS])(
  'an event that meets $fault',
  ({ fault, single, batch, isAccepted, isCut, timeout }) => {
    // No retry, no redirect, and no request without a valid certificate.
    const requests = fault.startsWith('tls') ? 0 : 1

    it(`is ${outcomeOf(single)} as a single event, leaks no secret, leaves nothing open and loses nothing`, async () => {
      astrolabe = await startWithFault({ fault, timeout }, timers)
      const before = astrolabe.requests

      const result = await astrolabe.deliver(event(1))

      expect([result].map(shown)).toEqual([expectedResult(single, `${astrolabe.url}/events`)])
      expect(astrolabe.requests - before).toBe(requests)
      expectNoSecrets([result])
      expect(timers.running).toBe(isCut ? 1 : 0)
      timers.endRunning()
      await astrolabe.untilNoRequestIsOpen()
      await expectEvents(isAccepted ? [event(1)] : [])
      await expectNothingLost([event(1)], (events) => astrolabe.deliver(events[0]))
    })

    it(`is ${outcomeOf(batch)} in a batch, leaks no secret, leaves nothing open and loses nothing`, async () => {
      astrolabe = await startWithFault({ fault, timeout }, timers)
      const events = [event(1), event(2), event(3)]
      const before = astrolabe.requests

      const results = await astrolabe.deliverBatch(events)

      expect(results.map(shown)).toEqual(events.map(() => expectedResult(batch, `${astrolabe.url}/batch`)))
      expect(astrolabe.requests - before).toBe(requests)
      expectNoSecrets(results)
      expect(timers.running).toBe(isCut ? 1 : 0)
      timers.endRunning()
      await astrolabe.untilNoRequestIsOpen()
      await expectEvents(isAccepted ? events : [])
      await expectNothingLost(events, (again) => astrolabe.deliverBatch(again))
    })
  }
)

describe('a batch', () => {
  /** Larger than 36 KB, Astrolabe's limit for a message. */
  const tooLarge: SegmentEvent = { ...event(1), properties: { text: 'x'.repeat(40_000) } }

  it('has its results matched to its events by their order, because no result names an event', async () => {
    astrolabe = await startWithFault({ fault: 'results=reversed' }, timers)

    const results = await astrolabe.deliverBatch([tooLarge, event(2), event(3)])

    expect(results.map(({ outcome }) => outcome)).toEqual(['delivered', 'delivered', 'rejected'])
  })

  it('is retried if it is reset while megabytes of it are being sent', async () => {
    astrolabe = await startWithFault({ fault: 'reset=during' }, timers)
    const events = Array.from({ length: 90 }, () => tooLarge)

    const results = await astrolabe.deliverBatch(events)

    expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(['retried']))
    expectNoSecrets(results)
    expect(timers.running).toBe(0)
    await astrolabe.untilNoRequestIsOpen()
    expect(await astrolabe.deliver(event(4))).toEqual({ outcome: 'delivered' })
  })
})

function shown({ outcome, message }: DeliveryResult): Pick<DeliveryResult, 'outcome' | 'message'> {
  return { outcome, message }
}

function expectNoSecrets(results: DeliveryResult[]): void {
  for (const text of [...results.map(({ trace = '' }) => trace), output.text]) {
    for (const secret of SECRETS) {
      expect(text).not.toContain(secret)
    }
  }
}

async function expectEvents(events: SegmentEvent[]): Promise<void> {
  const records = await astrolabe.records<SegmentEvent>('events')
  expect(records.map(({ messageId }) => messageId).filter((id) => id !== 'm0')).toEqual(
    events.map(({ messageId }) => messageId)
  )
}

/** After a second delivery each event is recorded once, whether or not the first one was accepted. So is the next event. */
async function expectNothingLost(
  events: SegmentEvent[],
  deliver: (events: SegmentEvent[]) => Promise<DeliveryResult | DeliveryResult[]>
) {
  jest.restoreAllMocks()
  for (const result of [await deliver(events), await deliver([event(4)])].flat()) {
    expect(result).toEqual({ outcome: 'delivered' })
  }
  await expectEvents([...events, event(4)])
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}
