import type { DestinationDefinition, Subscription } from '@segment/actions-core'
import astrolabe from '../src/destinations/astrolabe'
import { peers } from './peers'
import { everyEventTo, variant } from './variant'
import type { Variant } from './variant'

export const ASTROLABE = 'astrolabe'
export const CONTROL = 'astrolabe (control)'
export const FLOOR = "framework's floor"
export const UNDICI = 'undici'

export const INGEST_URL = 'https://ingest.astrolabe.so/v1'
export const API_KEY = 'fake-api-key'
export const AUTHORIZATION = `Basic ${Buffer.from(`${API_KEY}:`).toString('base64')}`

/** All that is measured side by side, with fresh destinations. */
export function variants(): Variant[] {
  return [ofAstrolabe(ASTROLABE), ofAstrolabe(CONTROL), floor(), ...peers()]
}

/** @param others mappings that leave every event of the benchmark */
export function ofAstrolabe(name: string, others?: Subscription[]): Variant {
  return variant({
    name,
    definition: astrolabe,
    settings: { apiKey: API_KEY },
    others,
    ...asAstrolabeTakesIt
  })
}

/** As little as a destination can be: one action, one directive and one POST, with the request options of Astrolabe's. */
function floor(): Variant {
  const options = {
    method: 'post',
    headers: { Authorization: AUTHORIZATION },
    redirect: 'manual',
    throwHttpErrors: false,
    timeout: 10000,
    skipResponseCloning: true
  } as const
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
          request(`${INGEST_URL}/events`, { ...options, json: (payload as FloorPayload).event }),
        performBatch: (request, { payload }) =>
          request(`${INGEST_URL}/batch`, {
            ...options,
            json: { batch: (payload as FloorPayload[]).map(({ event }) => event) }
          })
      }
    }
  }
  return variant({
    name: FLOOR,
    definition,
    settings: {},
    subscriptions: [everyEventTo('send', definition)],
    ...asAstrolabeTakesIt
  })
}

interface FloorPayload {
  event: object
}

/** The events of the benchmark hold nothing that Astrolabe's messages do not. */
const asAstrolabeTakesIt: Pick<Variant, 'expectEvent' | 'expectBatch'> = {
  expectEvent: (event) => [{ url: `${INGEST_URL}/events`, carries: [], body: event }],
  expectBatch: (events) => ({ url: `${INGEST_URL}/batch`, carries: [], body: { batch: events } })
}
