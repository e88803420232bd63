import canvas from '@segment/action-destinations/dist/destinations/canvas'
import customerio from '@segment/action-destinations/dist/destinations/customerio'
import klime from '@segment/action-destinations/dist/destinations/klime'
import { dataOf } from './events'
import type { BenchEvent } from './events'
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
      expectEvent: (event) => [{ url: 'https://i.klime.com/v1/batch', contains: dataAndContext(event) }],
      expectBatch: (events) => [{ url: 'https://i.klime.com/v1/batch', contains: events.flatMap(dataAndContext) }]
    }),
    variant({
      name: 'canvas',
      definition: canvas,
      settings: { apiToken: 'fake-api-token' },
      expectEvent: (event) => [
        { url: `https://events.canvasapp.com/v1/event/${event.type}`, contains: dataAndContext(event) }
      ],
      expectBatch: (events) => [
        {
          url: `https://events.canvasapp.com/v1/event/${events[0].type}`,
          contains: events.flatMap(dataAndContext)
        }
      ]
    }),
    variant({
      name: 'customerio',
      definition: customerio,
      settings: { siteId: 'fake-site-id', apiKey: 'fake-api-key', accountRegion: 'US 🇺🇸' },
      expectEvent: (event) => [{ url: 'https://track.customer.io/api/v2/entity', contains: customerioData(event) }],
      expectBatch: (events) => [
        {
          url: 'https://track.customer.io/api/v2/batch',
          contains: events.flatMap(customerioData)
        }
      ]
    })
  ]
}

/** By default it sends no context, and only the IDs of an account. */
function customerioData(event: BenchEvent): object[] {
  return event.type === 'group' ? [] : [dataOf(event)]
}

function dataAndContext(event: BenchEvent): object[] {
  return [dataOf(event), event.context]
}
