import { READY_WRITE_KEY } from '../../src/console/server/starting-point'
import { basic } from '../http'

/** Sends calls to the source of a console that is ready, as Segment's clients send a batch. */
export async function sendCalls(origin: string, calls: object[]): Promise<void> {
  const response = await fetch(`${origin}/v1/batch`, {
    method: 'POST',
    headers: { authorization: basic(`${READY_WRITE_KEY}:`), 'content-type': 'application/json' },
    body: JSON.stringify({ batch: calls })
  })
  if (response.status !== 200) {
    throw new Error(`The source responded with ${response.status}.`)
  }
}

/** Switches on Astrolabe's faults, as `--fault` takes them, and all others off. */
export async function setFaults(origin: string, active: string[]): Promise<void> {
  const response = await fetch(`${origin}/api/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ active })
  })
  if (response.status !== 200) {
    throw new Error(await response.text())
  }
}

/** Waits until the console knows what became of a message. */
export async function outcomeOf(origin: string, messageId: string): Promise<string> {
  const response = await fetch(`${origin}/api/messages/by-message-id/${messageId}?wait=20`)
  const message = (await response.json()) as { outcome: string }
  return message.outcome
}

/** @returns the key of the newest of Astrolabe's records, for its address */
export async function keyOfFirst(
  origin: string,
  records: 'users' | 'accounts' | 'events',
  search = ''
): Promise<string> {
  const response = await fetch(`${origin}/api/${records}?search=${search}`)
  const { items } = (await response.json()) as { items: { key: string }[] }
  return encodeURIComponent(items[0].key)
}

const LONG = 'supercalifragilisticexpialidocious'.repeat(8)

/** The seed's calls, and values that break a careless page. */
export const CALLS = [
  { type: 'identify', messageId: 'seed-1', userId: 'userId123', traits: { email: 'john.doe@example.com', plan: null } },
  {
    type: 'group',
    messageId: 'seed-2',
    userId: 'userId123',
    groupId: '0e8c78ea9d97a7b8185e8632',
    traits: { name: 'Initech', industry: 'Technology', employees: 329, plan: 'enterprise', 'total billed': 830 }
  },
  {
    type: 'track',
    messageId: 'seed-3',
    userId: 'userId123',
    event: 'User Registered',
    properties: { plan: 'Pro Annual', accountType: 'Facebook' }
  },
  { type: 'track', messageId: 'filtered', userId: 'userId123', event: 'Secret', integrations: { All: false } },
  { type: 'page', messageId: 'not-subscribed', userId: 'userId123', name: 'Pricing' },
  { type: 'track', messageId: 'dropped', userId: 'userId123' },
  { type: 'track', messageId: 'rejected', userId: 'userId123', event: 'Rejected', context: { groupId: [] } },
  {
    type: 'identify',
    messageId: 'strange',
    userId: `${LONG}`,
    traits: { [LONG]: LONG, עברית: 'שלום עולם, זה טקסט מימין לשמאל', '🦄🌈': '👩‍👩‍👧‍👦 <img src=x onerror=alert(1)>' }
  },
  { type: 'track', messageId: 'strange-track', userId: 'رقم/المستخدم %2F', event: 'اكتمل الطلب 🛒', properties: {} }
]
