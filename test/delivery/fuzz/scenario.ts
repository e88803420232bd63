import type { Subscription } from '@segment/actions-core'
import fc from 'fast-check'

export type Fault = (typeof FAULTS)[number]

/** What somebody has done to a run, at a moment of it: requests, responses and changes of files are counted. */
export interface Interruption {
  kind: 'stop' | 'crash'
  moment: number
}

export type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never

/** What a request meets. Without a response it may have been accepted (`lost`, `fin`) or not (`rst`). */
const FAULTS = [
  'none',
  '400',
  '401',
  '404',
  '413',
  '429',
  '429 for 2 seconds',
  '429 for 2 hours',
  '500',
  '503',
  'lost',
  'fin',
  'rst',
  'partial results',
  'too few results'
] as const

const path = (name: string) => ({ '@path': `$.${name}` })
const ids = { user_id: path('userId'), anonymous_id: path('anonymousId') }

function mapping(name: string, partnerAction: string, types: string[], fields: object): Subscription {
  return {
    name,
    partnerAction,
    subscribe: types.map((type) => `type = "${type}"`).join(' or '),
    mapping: { ...fields, message_id: path('messageId'), context: { line: path('context.line'), mapping: name } }
  }
}

const GROUP = mapping('group', 'group', ['group'], { ...ids, group_id: path('groupId') })
const TRACK = mapping('track', 'track', ['track'], { ...ids, event: path('event') })
const IDENTIFY = mapping('identify', 'identify', ['identify'], ids)

/** The mappings of a run, and the types of events that each is for. */
export const MAPPINGS = {
  common: [IDENTIFY, GROUP, TRACK],
  'own IDs': [
    mapping('identify', 'identify', ['identify'], {
      user_id: path('traits.crm_id'),
      anonymous_id: path('anonymousId')
    }),
    GROUP,
    mapping('track', 'track', ['track'], { user_id: path('traits.crm_id'), event: path('event') })
  ],
  several: [
    IDENTIFY,
    mapping('identify by CRM', 'identify', ['identify'], { user_id: path('traits.crm_id') }),
    mapping('account by CRM', 'group', ['identify', 'group'], { group_id: path('traits.crm_id') }),
    GROUP,
    TRACK,
    mapping('track by CRM', 'track', ['track', 'group'], { user_id: path('traits.crm_id'), event: path('type') })
  ]
} as const

const optional = <T>(...values: T[]) => fc.option(fc.constantFrom(...values), { nil: undefined })

const event = fc.record({
  type: fc.constantFrom('identify', 'identify', 'group', 'track', 'track', 'track', 'page', 'not JSON'),
  userId: optional('u1', 'u2', 'u3', 'u4', 'u5', 'u6'),
  anonymousId: optional('a1', 'a2', 'a3', 'a4', 'a5', 'a6'),
  groupId: optional('g1', 'g2', 'g3'),
  crmId: optional<string | number>('u1', 'g1', 'c1', 7),
  messageId: fc.constantFrom('none', 'own', 'shared'),
  isFiltered: fc.integer({ min: 0, max: 9 }).map((number) => number === 0)
})

export const scenario = fc.record({
  events: fc.array(event, { maxLength: 30, size: 'max' }),
  /** How many are in the first of two files. */
  split: fc.nat(30),
  /** Bytes that are read at once. */
  readSize: fc.integer({ min: 20, max: 2000 }),
  mappings: fc.constantFrom<keyof typeof MAPPINGS>('common', 'own IDs', 'several'),
  batchSize: fc.constantFrom(undefined, 2, 5, 100),
  concurrency: fc.integer({ min: 1, max: 6 }),
  retries: fc.nat(3),
  /** One for each request, as long as there are some. Most kinds show only if the others don't come first. */
  faults: fc.oneof(
    fc.array(fc.constantFrom(...FAULTS), { maxLength: 20 }),
    fc
      .constantFrom(...FAULTS)
      .chain((fault) => fc.array(fc.constantFrom('none', fault), { maxLength: 20, size: 'max' }))
  ),
  /** From a request on, every one meets 503 for some seconds. */
  outage: fc.option(fc.record({ request: fc.nat(20), seconds: fc.constantFrom(10, 60) }), { nil: undefined, freq: 2 }),
  /** A line that always meets 500, unless it shares its request. */
  broken: fc.option(fc.nat(30), { nil: undefined }),
  maxOutage: fc.constantFrom(0, 20_000, 60 * 60_000),
  /** Milliseconds until the responses, again and again. */
  latencies: fc.array(fc.nat(2000), { minLength: 1, maxLength: 8 }),
  /** How many turns of the event loop the disk takes before it writes, again and again. */
  writes: fc.array(fc.constantFrom(0, 0, 300), { minLength: 1, maxLength: 5 }),
  /** Without a checkpoint a run has none. */
  interruptions: fc.option(
    fc.array(fc.record({ kind: fc.constantFrom('stop' as const, 'crash' as const), moment: fc.nat(60) }), {
      maxLength: 4
    }),
    { nil: undefined }
  )
})

/** The lines of a scenario. Each event holds its index, whatever its messageId. */
export function linesOf({ events }: Pick<Scenario, 'events'>): string[] {
  return events.map(({ type, crmId, messageId, isFiltered, ...ids }, line) =>
    type === 'not JSON'
      ? `no JSON ${line}`
      : JSON.stringify({
          type,
          ...ids,
          event: 'Signed Up',
          traits: { crm_id: crmId },
          context: { line },
          messageId: { none: undefined, own: `m${line}`, shared: 'shared' }[messageId],
          integrations: isFiltered ? { All: false } : undefined
        })
  )
}

/** The index of a line among those of both files. */
export function indexOf({ events, split }: Scenario, { file, line }: { file: string; line: number }): number {
  return line - 1 + (file === 'second' ? Math.min(split, events.length) : 0)
}
