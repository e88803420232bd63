import * as Radix from '@radix-ui/react-tabs'
import type { ComponentProps, ReactNode } from 'react'
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
    <TabList
      label={label}
      tabs={tabs.map(({ to, ...tab }) => ({ ...tab, id: to }))}
      value={location}
      onValueChange={(to) => navigate(to)}
      activationMode="manual"
    />
  )
}

interface TabsProps {
  label: string
  tabs: { label: string; content: ReactNode }[]
}

/** Tabs within a page. */
export function Tabs({ label, tabs }: TabsProps): ReactNode {
  return <TabList label={label} tabs={tabs.map((tab) => ({ ...tab, id: tab.label }))} defaultValue={tabs[0]?.label} />
}

type TabListProps = ComponentProps<typeof Radix.Root> & {
  label: string
  tabs: { id: string; label: string; content: ReactNode }[]
}

function TabList({ label, tabs, ...props }: TabListProps): ReactNode {
  return (
    <Radix.Root {...props}>
      <Radix.List className={styles.tabs} aria-label={label}>
        {tabs.map((tab) => (
          <Radix.Trigger key={tab.id} value={tab.id} className={styles.tab}>
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.id} value={tab.id} tabIndex={-1} className={styles.content}>
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  )
}
