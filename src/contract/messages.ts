import { randomUUID } from 'node:crypto'

/** Every id that a check creates begins like this. */
export const CHECK_ID_PREFIX = 'astrolabe-segment-check-'

// The same in each run, so that a nightly check does not fill a workspace.
export const userId = `${CHECK_ID_PREFIX}user`
export const anonymousId = `${CHECK_ID_PREFIX}visitor`
export const groupId = `${CHECK_ID_PREFIX}account`
export const event = 'Astrolabe Segment Check'

/** A message in the form of Segment's Spec. */
export type Message = Record<string, unknown>

/** Astrolabe ignores a message whose id it knows. */
export function newMessageId(): string {
  return `${CHECK_ID_PREFIX}${randomUUID()}`
}

/** The fewest fields that Segment sends, as Reverse ETL and Engage often do. */
export const MINIMAL = {
  identify: [
    { type: 'identify', userId },
    { type: 'identify', anonymousId }
  ],
  group: [{ type: 'group', groupId }],
  track: [
    { type: 'track', event, userId },
    { type: 'track', event, anonymousId }
  ]
} satisfies Record<string, Message[]>

/** Every field of Segment's Spec, with the traits and properties that the Spec reserves. */
export function fullMessage(type: 'identify' | 'group' | 'track'): Message {
  return {
    ...CALLS[type],
    userId,
    anonymousId,
    context: CONTEXT,
    timestamp: '2024-01-31T12:00:00.000Z',
    sentAt: '2024-01-31T12:00:00.500123456Z',
    receivedAt: '2024-01-31T13:00:01.000+01:00',
    messageId: newMessageId()
  }
}

const ADDRESS = { street: '1 Example Street', city: 'Springfield', state: 'CA', postalCode: '94103', country: 'USA' }

const CALLS = {
  identify: {
    type: 'identify',
    traits: {
      address: ADDRESS,
      age: 41,
      avatar: 'https://example.com/avatar.png',
      birthday: '1983-01-31',
      company: { id: groupId, name: 'Example', industry: 'Technology', employee_count: 100, plan: 'business' },
      createdAt: '2024-01-31T12:00:00.000Z',
      description: 'Sent by astrolabe-segment check',
      email: 'check@example.com',
      firstName: 'Segment',
      gender: 'unknown',
      id: userId,
      lastName: 'Check',
      name: 'Segment Check',
      phone: '+1 555 0100',
      title: 'Check',
      username: 'segment-check',
      website: 'https://example.com',
      left_audience: false,
      'a trait with spaces': [1, 'two', { three: 3 }]
    }
  },
  group: {
    type: 'group',
    groupId,
    traits: {
      address: ADDRESS,
      avatar: 'https://example.com/logo.png',
      createdAt: '2024-01-31T12:00:00.000Z',
      description: 'Sent by astrolabe-segment check',
      email: 'company@example.com',
      employees: 100,
      id: groupId,
      industry: 'Technology',
      name: 'Example',
      phone: '+1 555 0100',
      plan: 'business',
      website: 'https://example.com'
    }
  },
  track: {
    type: 'track',
    event,
    properties: {
      revenue: 39.95,
      currency: 'USD',
      value: 1,
      products: [{ product_id: '1', price: 39.95, quantity: 1 }]
    }
  }
}

const CONTEXT = {
  active: true,
  app: { name: 'Example', version: '1.0.0', build: '1', namespace: 'com.example' },
  campaign: { name: 'check', source: 'newsletter', medium: 'email', term: 'none', content: 'none' },
  channel: 'server',
  device: { id: 'example', advertisingId: 'example', manufacturer: 'Example', model: 'One', name: 'one', type: 'ios' },
  groupId,
  ip: '192.0.2.1',
  library: { name: 'astrolabe-segment check', version: '1.0.0' },
  locale: 'en-US',
  network: { bluetooth: false, carrier: 'Example', cellular: true, wifi: false },
  os: { name: 'Example', version: '1.0' },
  page: { path: '/', referrer: '', search: '', title: 'Example', url: 'https://example.com/' },
  personas: { computation_class: 'audience', computation_key: 'check', namespace: 'example', space_id: 'example' },
  referrer: { id: 'example', type: 'example' },
  screen: { width: 320, height: 568, density: 2 },
  timezone: 'Europe/Amsterdam',
  traits: { email: 'check@example.com' },
  userAgent: 'Mozilla/5.0',
  userAgentData: { brands: [{ brand: 'Example', version: '1' }], mobile: false, platform: 'Example' }
}
