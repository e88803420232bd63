import type { ActionDefinition, DestinationDefinition } from '@segment/actions-core'
import astrolabe from '../src/destinations/astrolabe'
import type { Settings } from '../src/destinations/astrolabe/generated-types'
import { dataOf } from './events'
import { peers } from './peers'
import { everyEventTo, variant } from './variant'
import type { Variant } from './variant'

export const ASTROLABE = 'astrolabe'
export const CONTROL = 'astrolabe (control)'
export const FLOOR = "framework's floor"
export const FIELDS_FLOOR = "framework's floor with these fields"

const INGEST_URL = 'https://ingest.astrolabe.so/v1'
const API_KEY = 'fake-api-key'
const AUTHORIZATION = `Basic ${Buffer.from(`${API_KEY}:`).toString('base64')}`

/** As in Astrolabe's requests. */
const OPTIONS = {
  method: 'post',
  headers: { Authorization: AUTHORIZATION },
  redirect: 'manual',
  throwHttpErrors: false,
  timeout: 10000,
  skipResponseCloning: true
} as const

/** Everything that is measured side by side, with new copies of the destinations. */
export function variants(): Variant[] {
  return [astrolabeVariant(ASTROLABE), astrolabeVariant(CONTROL), floor(), fieldsFloor(), ...peers()]
}

export function astrolabeVariant(name: string): Variant {
  return variant({ name, definition: astrolabe, settings: { apiKey: API_KEY }, ...astrolabeRequests })
}

/** The smallest possible destination: one action, one directive and one POST, with Astrolabe's request options. */
function floor(): Variant {
  const definition: DestinationDefinition = {
    name: 'Floor',
    mode: 'cloud',
    actions: {
      send: {
        title: 'Send',
        description: 'Send the event as it is.',
        fields: {
          event: { label: 'Event', description: 'The event.', type: 'object', default: { '@path': '$.' } }
        },
        perform: (request, { payload }) =>
          request(`${INGEST_URL}/events`, { json: (payload as FloorPayload).event, ...OPTIONS }),
        performBatch: (request, { payload }) => {
          const batch = (payload as FloorPayload[]).map(({ event }) => event)
          return request(`${INGEST_URL}/batch`, { json: { batch }, ...OPTIONS })
        }
      }
    }
  }
  return variant({
    name: FLOOR,
    definition,
    settings: {},
    subscriptions: [everyEventTo('send', definition)],
    ...astrolabeRequests
  })
}

/** Astrolabe's destination without its code: the same mappings, and one POST of the payloads as they are. */
function fieldsFloor(): Variant {
  const actions = Object.fromEntries(
    Object.entries(astrolabe.actions).map(([name, action]): [string, ActionDefinition<Settings>] => [
      name,
      {
        ...action,
        perform: (request, { payload }) => request(`${INGEST_URL}/events`, { json: payload, ...OPTIONS }),
        performBatch: (request, { payload }) => request(`${INGEST_URL}/batch`, { json: { batch: payload }, ...OPTIONS })
      }
    ])
  )
  return variant({
    name: FIELDS_FLOOR,
    definition: { ...astrolabe, actions },
    settings: { apiKey: API_KEY },
    ...astrolabeRequests,
    objectsOf: (event) => [dataOf(event)]
  })
}

interface FloorPayload {
  event: object
}

/** A message equals its event: the benchmark's events have only fields that Astrolabe's messages have. */
const astrolabeRequests: Pick<Variant, 'urlOf' | 'objectsOf'> = {
  urlOf: (mode) => `${INGEST_URL}/${mode === 'single' ? 'events' : 'batch'}`,
  objectsOf: (event) => [event]
}
