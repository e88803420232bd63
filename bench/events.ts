import path from 'node:path'
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { gzipSync } from 'node:zlib'
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

const USERS = 50_000
const ACCOUNTS = 2000

/** An odd step that visits all Users in an order that looks random, the same in every run. */
const STEP = 27_183

/** The event with this number of a history: about 1 KB, of one of 50,000 Users and 2,000 Accounts. */
function historyEvent(number: number): BenchEvent {
  const user = (number * STEP) % USERS
  const event = benchEvent(TYPES[number % TYPES.length], number)
  const groupId = `acc-${user % ACCOUNTS}`
  return {
    ...event,
    userId: `user-${user}`,
    anonymousId: `anonymous-${user}`,
    ...(event.type === 'group' ? { groupId } : {}),
    context: { ...event.context, groupId }
  }
}

/** Writes events as NDJSON. */
export async function writeEvents(file: string, first: number, end: number): Promise<void> {
  await pipeline(linesOf(first, end), createWriteStream(file))
}

/** Writes so many files of two events, 24 in a folder, as Segment writes one each hour. */
export function writeFiles(folder: string, count: number): void {
  for (let number = 0; number < count; number++) {
    const day = path.join(folder, `${Math.floor(number / 24)}`)
    mkdirSync(day, { recursive: true })
    writeFileSync(path.join(day, `${number}.gz`), gzipSync([...linesOf(2 * number, 2 * number + 2)].join('')))
  }
}

function* linesOf(first: number, end: number): Generator<string> {
  for (let number = first; number < end; number++) {
    yield `${JSON.stringify(historyEvent(number))}\n`
  }
}
