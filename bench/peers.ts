import canvas from '@segment/action-destinations/dist/destinations/canvas'
import customerio from '@segment/action-destinations/dist/destinations/customerio'
import hyperengage from '@segment/action-destinations/dist/destinations/hyperengage'
import june from '@segment/action-destinations/dist/destinations/june'
import klime from '@segment/action-destinations/dist/destinations/klime'
import mixpanel from '@segment/action-destinations/dist/destinations/mixpanel'
import webhook from '@segment/action-destinations/dist/destinations/webhook'
import { dataOf } from './events'
import type { BenchEvent } from './events'
import { everyEventTo, variant } from './variant'
import type { ExpectedRequest, Variant } from './variant'

/** Those that send whole properties or traits, and context. */
export const SAME_WORK = ['klime', 'june', 'canvas', 'customerio']

/** Those of them that take batches. */
export const SAME_WORK_IN_BATCHES = ['klime', 'canvas', 'customerio']

const WEBHOOK_URL = 'https://webhook.example/events'

/** Destinations of `@segment/action-destinations`, with their own default mappings. */
export function peers(): Variant[] {
  return [
    variant({
      name: 'klime',
      definition: klime,
      settings: { apiEndpoint: 'https://i.klime.com', writeKey: 'fake-write-key' },
      expectEvent: (event) => [{ url: 'https://i.klime.com/v1/batch', carries: dataAndContext(event) }],
      expectBatch: (events) => ({ url: 'https://i.klime.com/v1/batch', carries: events.flatMap(dataAndContext) })
    }),
    variant({
      name: 'june',
      definition: june,
      settings: { apiKey: 'fake-api-key' },
      // Only a track call takes its context along.
      expectEvent: (event) => [
        {
          url: `https://api.june.so/api/${event.type}`,
          carries: event.type === 'track' ? dataAndContext(event) : [dataOf(event)]
        }
      ]
    }),
    variant({
      name: 'canvas',
      definition: canvas,
      settings: { apiToken: 'fake-api-token' },
      expectEvent: (event) => [
        { url: `https://events.canvasapp.com/v1/event/${event.type}`, carries: dataAndContext(event) }
      ],
      expectBatch: (events) => ({
        url: `https://events.canvasapp.com/v1/event/${events[0].type}`,
        carries: events.flatMap(dataAndContext)
      })
    }),
    variant({
      name: 'customerio',
      definition: customerio,
      settings: { siteId: 'fake-site-id', apiKey: 'fake-api-key', accountRegion: 'US 🇺🇸' },
      expectEvent: (event) => [{ url: 'https://track.customer.io/api/v2/entity', carries: customerioData(event) }],
      expectBatch: (events) => ({
        url: 'https://track.customer.io/api/v2/batch',
        carries: events.flatMap(customerioData)
      })
    }),
    variant({
      name: 'webhook',
      definition: webhook,
      settings: {},
      subscriptions: [everyEventTo('send', webhook, { url: WEBHOOK_URL })],
      expectEvent: (event) => [{ url: WEBHOOK_URL, carries: [], body: event }],
      expectBatch: (events) => ({ url: WEBHOOK_URL, carries: [], body: events })
    }),
    variant({
      name: 'hyperengage',
      definition: hyperengage,
      settings: { apiKey: 'fake-api-key', workspaceIdentifier: 'fake-workspace' },
      expectEvent: (event) => [
        { url: 'https://events.hyperengage.io/api/v1/s2s/event?token=fake-api-key', carries: [dataOf(event)] }
      ]
    }),
    variant({
      name: 'mixpanel',
      definition: mixpanel,
      settings: { projectToken: 'fake-token', apiSecret: 'fake-secret', apiRegion: 'US 🇺🇸' },
      expectEvent: mixpanelRequests,
      expectBatch: (events) => ({ url: 'https://api.mixpanel.com/import?strict=1', carries: events.map(dataOf) })
    })
  ]
}

/** Of an account it sends the IDs alone, unless a customer maps more. */
function customerioData(event: BenchEvent): object[] {
  return event.type === 'group' ? [] : [dataOf(event)]
}

/** It renames some traits, sends an identify call as two requests, and picks properties out of context. */
function mixpanelRequests(event: BenchEvent): ExpectedRequest[] {
  const { email: _email, name: _name, ...rest } = dataOf(event) as { email: string; name: string }
  switch (event.type) {
    case 'identify':
      return [
        { url: 'https://api.mixpanel.com/track', carries: [] },
        { url: 'https://api.mixpanel.com/engage', carries: [rest] }
      ]
    case 'group':
      return [{ url: 'https://api.mixpanel.com/groups', carries: [rest] }]
    case 'track':
      return [{ url: 'https://api.mixpanel.com/import?strict=1', carries: [dataOf(event)] }]
  }
}

function dataAndContext(event: BenchEvent): object[] {
  return [dataOf(event), event.context]
}
