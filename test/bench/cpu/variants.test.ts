import nock from 'nock'
import { variants } from '../../../bench/cpu/variants'
import { benchEvent, TYPES } from '../../../bench/events'
import type { BenchEvent, EventType } from '../../../bench/events'
import type { Mode } from '../../../bench/sender'
import { stubNetwork } from '../../stubbed-network'

stubNetwork()

interface Expected {
  urlOf(mode: Mode, type: EventType): string
  /** Objects that the body contains for an event, whole. */
  objectsOf(event: BenchEvent): object[]
}

const dataOf = ({ properties, traits }: BenchEvent) => ({ ...(properties ?? traits) })
const dataAndContext = (event: BenchEvent) => [dataOf(event), event.context]

const ASTROLABE: Expected = {
  urlOf: (mode) => `https://ingest.astrolabe.so/v1/${mode === 'single' ? 'events' : 'batch'}`,
  // A message equals its event: the benchmark's events have only fields that Astrolabe's messages have.
  objectsOf: (event) => [event]
}

const EXPECTED: Record<string, Expected> = {
  astrolabe: ASTROLABE,
  'astrolabe (control)': ASTROLABE,
  "framework's floor": ASTROLABE,
  "framework's floor with these fields": { ...ASTROLABE, objectsOf: (event) => [dataOf(event)] },
  klime: { urlOf: () => 'https://i.klime.com/v1/batch', objectsOf: dataAndContext },
  canvas: { urlOf: (_mode, type) => `https://events.canvasapp.com/v1/event/${type}`, objectsOf: dataAndContext },
  customerio: {
    urlOf: (mode) => `https://track.customer.io/api/v2/${mode === 'single' ? 'entity' : 'batch'}`,
    // By default it sends no context, and only the IDs of an account.
    objectsOf: (event) => (event.type === 'group' ? [] : [dataOf(event)])
  }
}

/** Its data differs from that of the same type with another number. */
function eventOf(type: EventType, number: number): BenchEvent {
  const event = benchEvent(type, number)
  return { ...event, [type === 'track' ? 'properties' : 'traits']: { ...dataOf(event), number } }
}

/** All objects in a value, outermost first. */
function objectsIn(value: unknown): object[] {
  return typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(objectsIn)] : []
}

const LOADS = (['single', 'batch'] as const).flatMap((mode) => TYPES.map((type) => [mode, type] as const))

describe.each(variants())('$name', ({ name, send }) => {
  it.each(LOADS)('does its work in one request (%s, %s)', async (mode, type) => {
    const events = (mode === 'single' ? [1] : [1, 2]).map((number) => eventOf(type, number))
    const { urlOf, objectsOf } = EXPECTED[name]
    const bodies: unknown[] = []
    const { origin, pathname } = new URL(urlOf(mode, type))
    nock(origin)
      .post(pathname, (body) => bodies.push(body) === 1)
      .reply(200, mode === 'single' ? {} : { results: events.map(() => ({ status: 200 })) })

    await send(mode, events)

    expect(nock.isDone()).toBe(true)
    const found = objectsIn(bodies)
    for (const object of events.flatMap(objectsOf)) {
      expect(found).toContainEqual(expect.objectContaining(object))
    }
  })
})
