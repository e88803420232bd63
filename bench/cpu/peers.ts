import canvas from '@segment/action-destinations/dist/destinations/canvas'
import customerio from '@segment/action-destinations/dist/destinations/customerio'
import klime from '@segment/action-destinations/dist/destinations/klime'
import { sender } from '../sender'
import type { Variant } from './load'

/** Destinations that do the same work: they send whole properties or traits, and context, single and in batches. */
export const PEERS = ['klime', 'canvas', 'customerio']

/** From `@segment/action-destinations`, with their own default mappings. */
export function peers(): Variant[] {
  const account = { siteId: 'fake-site-id', apiKey: 'fake-api-key', accountRegion: 'US 🇺🇸' }
  return [
    {
      name: 'klime',
      send: sender('klime', klime, { apiEndpoint: 'https://i.klime.com', writeKey: 'fake-write-key' })
    },
    { name: 'canvas', send: sender('canvas', canvas, { apiToken: 'fake-api-token' }) },
    { name: 'customerio', send: sender('customerio', customerio, account) }
  ]
}
