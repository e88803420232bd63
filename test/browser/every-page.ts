import { keyOfFirst } from './events'
import type { RunningConsole } from './start-console'

/** The address of every page of a console that is ready and has received `CALLS`. */
export async function everyPage({ origin }: RunningConsole): Promise<Record<string, string>> {
  const get = async <Value>(path: string): Promise<Value> => (await (await fetch(origin + path)).json()) as Value
  const firstId = async (path: string) => encodeURIComponent((await get<{ id: string }[]>(path))[0]?.id ?? '')
  const keyOf = (records: 'users' | 'accounts' | 'events', search?: string) => keyOfFirst(origin, records, search)
  const source = `/connections/sources/${await firstId('/api/sources')}`
  const destinationId = await firstId('/api/destinations')
  const destination = `/connections/destinations/${destinationId}`
  const { mappings } = await get<{ mappings: { id: string }[] }>(`/api/destinations/${destinationId}/mappings`)
  return {
    connections: '/connections',
    sources: '/connections/sources',
    source,
    'source-debugger': `${source}/debugger`,
    'source-settings': `${source}/settings`,
    'catalog-sources': '/connections/catalog',
    catalog: '/connections/catalog/destinations',
    'catalog-entry': '/connections/catalog/destinations/actions-astrolabe',
    'add-destination': '/connections/catalog/destinations/actions-astrolabe/add',
    destinations: '/connections/destinations',
    destination,
    mappings: `${destination}/mappings`,
    mapping: `${destination}/mappings?mapping=${encodeURIComponent(mappings[0]?.id ?? '')}`,
    filters: `${destination}/filters`,
    'destination-delivery': `${destination}/delivery`,
    debugger: '/debugger',
    'debugger-message': '/debugger?message=2',
    message: '/messages/by-message-id/seed-2',
    'message-rejected': '/messages/by-message-id/rejected',
    'message-strange': '/messages/by-message-id/strange',
    test: '/test',
    delivery: '/delivery',
    engage: '/engage',
    connectors: '/connectors',
    'new-connector': '/connectors/new',
    connector: `/connectors/${await firstId('/api/connectors')}`,
    users: '/users',
    user: `/users/${await keyOf('users', 'userId123')}`,
    'user-strange': `/users/${await keyOf('users', 'supercali')}`,
    accounts: '/accounts',
    account: `/accounts/${await keyOf('accounts')}`,
    events: '/events',
    event: `/events/${await keyOf('events')}`,
    faults: '/faults',
    'not-found': '/no/such/page'
  }
}
