import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { Button } from '../ui/button'
import { Icon } from '../ui/icons'
import styles from './navigation.module.css'
import { currentItem, SIDES } from './side'
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
