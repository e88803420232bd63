import canvas from '@segment/action-destinations/dist/destinations/canvas'
import customerio from '@segment/action-destinations/dist/destinations/customerio'
import klime from '@segment/action-destinations/dist/destinations/klime'
import { defaultValues } from '@segment/actions-core'
import type { ActionDefinition, DestinationDefinition } from '@segment/actions-core'
import astrolabe from '../../src/destinations/astrolabe'
import type { Settings } from '../../src/destinations/astrolabe/generated-types'
import { sender } from '../sender'
import type { Variant } from './load'

export const ASTROLABE = 'astrolabe'
export const CONTROL = 'astrolabe (control)'
export const FLOOR = "framework's floor"
export const FIELDS_FLOOR = "framework's floor with these fields"

const INGEST_URL = 'https://ingest.astrolabe.so/v1'
const API_KEY = 'fake-api-key'

/** As in Astrolabe's requests. */
const OPTIONS = {
  method: 'post',
  headers: { Authorization: `Basic ${Buffer.from(`${API_KEY}:`).toString('base64')}` },
  redirect: 'manual',
  throwHttpErrors: false,
  timeout: 10000,
  skipResponseCloning: true
} as const

/** Everything that is measured side by side, with new copies of the destinations. */
export function variants(): Variant[] {
  return [astrolabeVariant(), astrolabeVariant(CONTROL), floor(), fieldsFloor(), ...peers()]
}

export function astrolabeVariant(name = ASTROLABE): Variant {
  return { name, send: sender(name, astrolabe, { apiKey: API_KEY }) }
}

/** The smallest possible destination: one action, one directive and one POST, with Astrolabe's request options. */
function floor(): Variant {
  const send: ActionDefinition<object, { event: object }> = {
    title: 'Send',
    description: 'Send the event as it is.',
    fields: { event: { label: 'Event', description: 'The event.', type: 'object', default: { '@path': '$.' } } },
    perform: (request, { payload }) => request(`${INGEST_URL}/events`, { json: payload.event, ...OPTIONS }),
    performBatch: (request, { payload }) =>
      request(`${INGEST_URL}/batch`, { json: { batch: payload.map(({ event }) => event) }, ...OPTIONS })
  }
  const definition: DestinationDefinition<object> = {
    name: 'Floor',
    mode: 'cloud',
    actions: { send },
    presets: [
      {
        name: 'Everything',
        type: 'automatic',
        partnerAction: 'send',
        subscribe: 'type = "identify" or type = "group" or type = "track"',
        mapping: defaultValues(send.fields)
      }
    ]
  }
  return { name: FLOOR, send: sender(FLOOR, definition, {}) }
}

/** Astrolabe's destination without its code: the same mappings, and one POST of the payloads as they are. */
export function fieldsFloor(): Variant {
  const withoutCode = (action: ActionDefinition<Settings>): ActionDefinition<Settings> => ({
    ...action,
    perform: (request, { payload }) => request(`${INGEST_URL}/events`, { json: payload, ...OPTIONS }),
    performBatch: (request, { payload }) => request(`${INGEST_URL}/batch`, { json: { batch: payload }, ...OPTIONS })
  })
  const actions = Object.fromEntries(
    Object.entries(astrolabe.actions).map(([name, action]) => [name, withoutCode(action)])
  )
  const send = sender(FIELDS_FLOOR, { ...astrolabe, actions }, { apiKey: API_KEY })
  return { name: FIELDS_FLOOR, send }
}

/** Destinations that do the same work: they send whole properties or traits, and context, single and in batches. */
export const PEERS = ['klime', 'canvas', 'customerio']

/** From `@segment/action-destinations`, with their own default mappings. */
function peers(): Variant[] {
  const account = { siteId: 'fake-site-id', apiKey: 'fake-api-key', accountRegion: 'US 🇺🇸' }
  const site = { apiEndpoint: 'https://i.klime.com', writeKey: 'fake-write-key' }
  return [
    { name: 'klime', send: sender('klime', klime, site) },
    { name: 'canvas', send: sender('canvas', canvas, { apiToken: 'fake-api-token' }) },
    { name: 'customerio', send: sender('customerio', customerio, account) }
  ]
}
