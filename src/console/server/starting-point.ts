import type { ConsoleState } from './state'

/** The keys of a console that starts ready. They open nothing else, so they may be printed. */
export const READY_WRITE_KEY = 'local-write-key-not-a-secret'
export const READY_API_KEY = 'local-api-key-not-a-secret'

/** The guide has its readers choose an existing source, so there is one from the start. */
export function addFirstSource({ sources }: ConsoleState): void {
  sources.add('My Website')
}

/** Does every step of the guide, always with the same keys: a client that was configured yesterday works today. */
export function makeReady({ sources, workspace, destinations, catalog }: ConsoleState): void {
  const { id: sourceId } = sources.add('My Website', READY_WRITE_KEY)
  workspace.connectors.add({ name: 'Segment', apiKey: READY_API_KEY })
  const destination = destinations.add({ catalogId: catalog.id, sourceId, name: 'Astrolabe' })
  destination.settings = { apiKey: READY_API_KEY }
  destination.keyTest = { outcome: 'good', message: `${catalog.definition.name} accepts the key.` }
  destination.isEnabled = true
}
