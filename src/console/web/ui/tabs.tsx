import * as Radix from '@radix-ui/react-tabs'
import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import styles from './tabs.module.css'

interface PageTabsProps {
  label: string
  tabs: { label: string; to: string }[]
  /** The page of the tab that is open. */
  children: ReactNode
}

/** Tabs with an address each, so that they survive a reload and can be linked to. */
export function PageTabs({ label, tabs, children }: PageTabsProps): ReactNode {
  const [location, navigate] = useLocation()
  return (
    <Radix.Root value={location} onValueChange={(to) => navigate(to)} activationMode="manual">
      <Radix.List className={styles.tabs} aria-label={label}>
        {tabs.map((tab) => (
          <Radix.Trigger key={tab.to} value={tab.to} className={styles.tab}>
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.to} value={tab.to} tabIndex={-1} className={styles.content}>
          {tab.to === location && children}
        </Radix.Content>
      ))}
    </Radix.Root>
  )
}

interface TabsProps {
  label: string
  tabs: { label: string; content: ReactNode }[]
}

/** Tabs within a page. */
export function Tabs({ label, tabs }: TabsProps): ReactNode {
  return (
    <Radix.Root defaultValue={tabs[0]?.label}>
      <Radix.List className={styles.tabs} aria-label={label}>
        {tabs.map((tab) => (
          <Radix.Trigger key={tab.label} value={tab.label} className={styles.tab}>
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.label} value={tab.label} tabIndex={-1} className={styles.content}>
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  )
}
