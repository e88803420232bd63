import type { SegmentEvent } from '@segment/actions-core'
import { ANSWERS } from './answers'
import { CONNECTIONS } from './connections'
import { expectedFate, outcomeOf } from './expected'
import { astrolabeThatMeets } from './meet-fault'
import { API_KEY } from './misbehaving-astrolabe'
import type { Fate, MisbehavingAstrolabe } from './misbehaving-astrolabe'
import { captureOutput } from './output'
import { holdTimersOf } from './timers'
import type { HeldTimers } from './timers'

/**
 * Whatever Astrolabe's side does, an event is either confirmed, refused with a reason, or tried again. Real sockets, the
 * real framework, and a sandbox that misbehaves once. A rejection that nobody handles fails a test by Jest itself.
 */
const TIMEOUT = 10_000

const EMAIL = 'ada@example.com'

/** What must be in no error and in no output: personal data, and the key in every form that it travels in. */
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
let astrolabe: MisbehavingAstrolabe
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

describe.each([...ANSWERS, ...CONNECTIONS])('$fault', ({ fault, alone, batch, isTaken, timeout }) => {
  // One delivery is one request: neither sent again, nor on to where a redirect points, nor without a good certificate.
  const requests = fault.startsWith('tls') ? 0 : 1

  it(`alone: ${outcomeOf(alone)}, without secrets, with nothing left open, and with nothing lost when sent again`, async () => {
    astrolabe = await astrolabeThatMeets({ fault, timeout }, timers)
    const asked = astrolabe.requests

    const fate = await astrolabe.deliver(event(1))

    expect([fate].map(shown)).toEqual([expectedFate(alone, `${astrolabe.url}/events`)])
    expect(astrolabe.requests - asked).toBe(requests)
    expectDiscretion([fate])
    expect(timers.running).toBe(0)
    await astrolabe.untilNoRequestIsOpen()
    await expectHeld(isTaken ? [event(1)] : [])
    await expectNothingLost([event(1)], (events) => astrolabe.deliver(events[0]))
  })

  it(`in a batch: ${outcomeOf(batch)}, without secrets, with nothing left open, and with nothing lost when sent again`, async () => {
    astrolabe = await astrolabeThatMeets({ fault, timeout }, timers)
    const events = [event(1), event(2), event(3)]
    const asked = astrolabe.requests

    const fates = await astrolabe.deliverBatch(events)

    expect(fates.map(shown)).toEqual(events.map(() => expectedFate(batch, `${astrolabe.url}/batch`)))
    expect(astrolabe.requests - asked).toBe(requests)
    expectDiscretion(fates)
    expect(timers.running).toBe(0)
    await astrolabe.untilNoRequestIsOpen()
    await expectHeld(isTaken ? events : [])
    await expectNothingLost(events, (again) => astrolabe.deliverBatch(again))
  })
})

describe('a batch', () => {
  /** More than the 32 KB that Astrolabe takes of a message. */
  const tooLarge: SegmentEvent = { ...event(1), properties: { text: 'x'.repeat(40_000) } }

  it('has its results taken in the order of its events, as the contract has it: no result names an event', async () => {
    astrolabe = await astrolabeThatMeets({ fault: 'results=reversed' }, timers)

    const fates = await astrolabe.deliverBatch([tooLarge, event(2), event(3)])

    expect(fates.map(({ outcome }) => outcome)).toEqual(['confirmed', 'confirmed', 'refused'])
  })

  it('that is reset while megabytes of it are on their way is tried again', async () => {
    astrolabe = await astrolabeThatMeets({ fault: 'reset=during' }, timers)
    const events = Array.from({ length: 90 }, () => tooLarge)

    const fates = await astrolabe.deliverBatch(events)

    expect(new Set(fates.map(({ outcome }) => outcome))).toEqual(new Set(['try again']))
    expectDiscretion(fates)
    expect(timers.running).toBe(0)
    await astrolabe.untilNoRequestIsOpen()
    expect(await astrolabe.deliver(event(4))).toEqual({ outcome: 'confirmed' })
  })
})

function shown({ outcome, message }: Fate): Pick<Fate, 'outcome' | 'message'> {
  return { outcome, message }
}

function expectDiscretion(fates: Fate[]): void {
  for (const text of [...fates.map(({ trace = '' }) => trace), output.text]) {
    for (const secret of SECRETS) {
      expect(text).not.toContain(secret)
    }
  }
}

async function expectHeld(events: SegmentEvent[]): Promise<void> {
  const held = await astrolabe.held<SegmentEvent>('events')
  expect(held.map(({ messageId }) => messageId).filter((id) => id !== 'm0')).toEqual(
    events.map(({ messageId }) => messageId)
  )
}

/** Sent again, the events are there once, whether or not they were taken before; and so is the next one. */
async function expectNothingLost(events: SegmentEvent[], deliver: (events: SegmentEvent[]) => Promise<Fate | Fate[]>) {
  jest.restoreAllMocks()
  for (const fate of [await deliver(events), await deliver([event(4)])].flat()) {
    expect(fate).toEqual({ outcome: 'confirmed' })
  }
  await expectHeld([...events, event(4)])
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}
