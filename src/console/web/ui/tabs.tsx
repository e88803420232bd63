import * as Tabs from '@radix-ui/react-tabs'
import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import styles from './tabs.module.css'

interface PageTabsProps {
  label: string
  tabs: { label: string; to: string; content: ReactNode }[]
}

/** Tabs with an address each, so that they survive a reload and can be linked to. */
export function PageTabs({ label, tabs }: PageTabsProps): ReactNode {
  const [location, navigate] = useLocation()
  return (
    <Tabs.Root value={location} onValueChange={(to) => navigate(to)} activationMode="manual">
      <Tabs.List className={styles.tabs} aria-label={label}>
        {tabs.map((tab) => (
          <Tabs.Trigger key={tab.to} value={tab.to} className={styles.tab}>
            {tab.label}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Content key={tab.to} value={tab.to} tabIndex={-1} className={styles.content}>
          {tab.content}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  )
}
