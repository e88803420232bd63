import type { JSONObject, SegmentEvent } from '@segment/actions-core'

export const TYPES = ['identify', 'group', 'track'] as const

export type EventType = (typeof TYPES)[number]

/** A Segment event of one of the three types, with all that a live one brings along. */
export type BenchEvent = SegmentEvent & { type: EventType; context: NonNullable<SegmentEvent['context']> }

const CONTEXT = {
  groupId: 'acc-1234',
  ip: '192.0.2.1',
  locale: 'en-US',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  library: { name: 'analytics.js', version: '2.1.0' },
  page: { url: 'https://shop.example/pricing', path: '/pricing', title: 'Pricing', referrer: '' },
  campaign: { source: 'newsletter', medium: 'email', name: 'autumn', term: '', content: '' }
}

/**
 * An event of about 1 KB as JSON.
 *
 * @param number goes into its `messageId`, always in the same number of digits, so that events of a kind have one size
 */
export function benchEvent(type: EventType, number = 0): BenchEvent {
  const data: JSONObject = { name: 'Example', email: 'user@example.com', seats: 25, trial: false, source: null }
  const event: BenchEvent = {
    type,
    ...ofType(type, data),
    messageId: `bench-${String(number).padStart(8, '0')}`,
    userId: 'user-1234',
    anonymousId: '8f1c52c0-5b5e-4b7e-9c38-2f3a4d5e6f70',
    timestamp: '2026-01-31T12:00:00.000Z',
    sentAt: '2026-01-31T12:00:00.100Z',
    receivedAt: '2026-01-31T12:00:00.250Z',
    context: CONTEXT
  }
  for (let field = 0; JSON.stringify(event).length < 1000; field++) {
    data[`field_${String(field).padStart(4, '0')}`] = 'a value of forty characters for a field.'
  }
  return event
}

function ofType(type: EventType, data: JSONObject) {
  switch (type) {
    case 'identify':
      return { traits: data }
    case 'group':
      return { groupId: 'acc-1234', traits: data }
    case 'track':
      return { event: 'User Registered', properties: data }
  }
}
