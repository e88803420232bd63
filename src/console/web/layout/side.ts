import type { Side } from '../../server/api'
import type { IconName } from '../ui/icons'

export interface NavigationItem {
  label: string
  to: string
  icon: IconName
  /** Below the item before it. */
  isNested?: boolean
}

/** The two sides of the console: each stands in for a product. */
export const SIDES: { side: Side; label: string; items: NavigationItem[] }[] = [
  {
    side: 'segment',
    label: 'Segment',
    items: [
      { label: 'Connections', to: '/connections', icon: 'connections' },
      { label: 'Sources', to: '/connections/sources', icon: 'sources', isNested: true },
      { label: 'Destinations', to: '/connections/destinations', icon: 'destinations', isNested: true },
      { label: 'Catalog', to: '/connections/catalog', icon: 'catalog', isNested: true },
      { label: 'Debugger', to: '/debugger', icon: 'debugger' },
      { label: 'Test', to: '/test', icon: 'test' },
      { label: 'Delivery', to: '/delivery', icon: 'delivery' },
      { label: 'Engage', to: '/engage', icon: 'engage' }
    ]
  },
  {
    side: 'astrolabe',
    label: 'Astrolabe',
    items: [
      { label: 'Connectors', to: '/connectors', icon: 'connectors' },
      { label: 'Users', to: '/users', icon: 'users' },
      { label: 'Accounts', to: '/accounts', icon: 'accounts' },
      { label: 'Events', to: '/events', icon: 'event' },
      { label: 'Faults', to: '/faults', icon: 'faults' }
    ]
  }
]

/** Which side a page belongs to: its accent colour says so. */
export function sideOf(location: string): Side {
  const isAstrolabe = SIDES.some(
    ({ side, items }) => side === 'astrolabe' && items.some(({ to }) => isWithin(location, to))
  )
  return isAstrolabe ? 'astrolabe' : 'segment'
}

export function isWithin(location: string, page: string): boolean {
  return location === page || location.startsWith(`${page}/`)
}

/** The item of the navigation that a page belongs to: the one with the longest path. */
export function currentItem(location: string): string | undefined {
  return SIDES.flatMap(({ items }) => items)
    .map(({ to }) => to)
    .filter((to) => isWithin(location, to))
    .sort((one, other) => other.length - one.length)[0]
}
