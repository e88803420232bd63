import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import type { Side } from '../../server/api'
import { Button } from '../ui/button'
import { Icon } from '../ui/icons'
import type { IconName } from '../ui/icons'
import styles from './navigation.module.css'
import { ThemeButton } from './theme-button'

interface NavigationProps {
  isGuideOpen: boolean
  onGuide(): void
}

export function Navigation({ isGuideOpen, onGuide }: NavigationProps): ReactNode {
  const [location] = useLocation()
  const current = currentItem(location)
  return (
    <nav className={styles.navigation} aria-label="Pages">
      <Link href="/" className={styles.brand}>
        <img src="/favicon.svg" alt="" width={22} height={22} />
        Astrolabe for Segment
      </Link>
      {SIDES.map(({ side, label, items }) => (
        <div key={side} data-side={side} role="group" aria-labelledby={`side-${side}`}>
          <div id={`side-${side}`} className={styles.heading}>
            <span>
              {label} <span className={styles.standIn}>local stand-in</span>
            </span>
          </div>
          <ul>
            {items.map((item) => (
              <li key={item.to}>
                <Link
                  href={item.to}
                  className={styles.item}
                  data-nested={item.isNested}
                  aria-current={item.to === current ? 'page' : undefined}
                >
                  <Icon name={item.icon} />
                  {item.label}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
      <div className={styles.footer}>
        <Button look="quiet" aria-pressed={isGuideOpen} onClick={onGuide}>
          <Icon name="guide" />
          Guide
        </Button>
        <ThemeButton />
      </div>
    </nav>
  )
}

interface NavigationItem {
  label: string
  to: string
  icon: IconName
  /** Below the item before it. */
  isNested?: boolean
}

/** The two sides of the console: each stands in for a product. */
const SIDES: { side: Side; label: string; items: NavigationItem[] }[] = [
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

function isWithin(location: string, page: string): boolean {
  return location === page || location.startsWith(`${page}/`)
}

/** The item of the navigation that a page belongs to: the one with the longest path. */
function currentItem(location: string): string | undefined {
  return SIDES.flatMap(({ items }) => items)
    .map(({ to }) => to)
    .filter((to) => isWithin(location, to))
    .sort((one, other) => other.length - one.length)[0]
}
