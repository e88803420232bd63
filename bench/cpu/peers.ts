import canvas from '@segment/action-destinations/dist/destinations/canvas'
import customerio from '@segment/action-destinations/dist/destinations/customerio'
import klime from '@segment/action-destinations/dist/destinations/klime'
import { dataOf } from '../events'
import type { BenchEvent } from '../events'
import { variant } from './variant'
import type { Variant } from './variant'

/** Destinations that do the same work: they send whole properties or traits, and context, single and in batches. */
export const PEERS = ['klime', 'canvas', 'customerio']

/** From `@segment/action-destinations`, with their own default mappings. */
export function peers(): Variant[] {
  return [
    variant({
      name: 'klime',
      definition: klime,
      settings: { apiEndpoint: 'https://i.klime.com', writeKey: 'fake-write-key' },
      urlOf: () => 'https://i.klime.com/v1/batch',
      objectsOf: dataAndContext
    }),
    variant({
      name: 'canvas',
      definition: canvas,
      settings: { apiToken: 'fake-api-token' },
      urlOf: (_mode, type) => `https://events.canvasapp.com/v1/event/${type}`,
      objectsOf: dataAndContext
    }),
    variant({
      name: 'customerio',
      definition: customerio,
      settings: { siteId: 'fake-site-id', apiKey: 'fake-api-key', accountRegion: 'US 🇺🇸' },
      urlOf: (mode) => `https://track.customer.io/api/v2/${mode === 'single' ? 'entity' : 'batch'}`,
      // By default it sends no context, and only the IDs of an account.
      objectsOf: (event) => (event.type === 'group' ? [] : [dataOf(event)])
    })
  ]
}

function dataAndContext(event: BenchEvent): object[] {
  return [dataOf(event), event.context]
}
