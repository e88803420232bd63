import * as Tabs from '@radix-ui/react-tabs'
import { useEffect, useId, useRef } from 'react'
import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import type { GuideStepId } from '../../server/api'
import { ButtonLink } from './button'
import styles from './page.module.css'
import { Empty } from './state'

interface PageProps {
  title: string
  /** Beside the title, such as a badge. */
  aside?: ReactNode
  crumbs?: { label: string; to: string }[]
  lead?: ReactNode
  actions?: ReactNode
  /** For forms, which are hard to read when they are wide. */
  isNarrow?: boolean
  /** For a list with something beside it. */
  isWide?: boolean
  children: ReactNode
}

export function Page(props: PageProps): ReactNode {
  const { title, aside, crumbs = [], lead, actions, isNarrow, isWide, children } = props
  useEffect(() => {
    document.title = `${title} · Astrolabe for Segment`
  }, [title])
  return (
    <div className={styles.page} data-width={isNarrow ? 'narrow' : isWide ? 'wide' : 'normal'}>
      <header className={styles.header}>
        {crumbs.length > 0 && (
          <nav className={styles.crumbs} aria-label="Breadcrumb">
            {crumbs.map(({ label, to }) => (
              <Link key={to} href={to}>
                {label}
              </Link>
            ))}
          </nav>
        )}
        <div className={styles.titleRow}>
          <div className={styles.title}>
            <h1 dir="auto" tabIndex={-1}>
              {title}
            </h1>
            {aside}
          </div>
          {actions && <div className={styles.actions}>{actions}</div>}
        </div>
        {lead && <p className={styles.lead}>{lead}</p>}
      </header>
      {children}
    </div>
  )
}

interface CardProps {
  title?: string
  /** At the right of the title. */
  aside?: ReactNode
  /** The content reaches the edges, as lists and tables do. */
  isFlush?: boolean
  children: ReactNode
}

export function Card({ title, aside, isFlush, children }: CardProps): ReactNode {
  const id = useId()
  return (
    <section className={styles.card} aria-labelledby={title && id}>
      {title && (
        <div className={styles.cardHeading}>
          <h2 id={id}>{title}</h2>
          {aside}
        </div>
      )}
      <div className={`${styles.cardBody} ${isFlush ? styles.flush : ''}`}>{children}</div>
    </section>
  )
}

/** A remark that matters less than what it stands under. */
export function Note({ children }: { children: ReactNode }): ReactNode {
  return <p className={styles.note}>{children}</p>
}

interface PageTabsProps {
  label: string
  /** `guide`: the step of the guide that the tab is the control of. */
  tabs: { label: string; to: string; content: ReactNode; guide?: GuideStepId }[]
}

/** Tabs with an address each, so that they survive a reload and can be linked to. */
export function PageTabs({ label, tabs }: PageTabsProps): ReactNode {
  const [location, navigate] = useLocation()
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // A phone has no room for all of them.
    list.current?.querySelector('[data-state="active"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [location])
  return (
    <Tabs.Root value={location} onValueChange={(to) => navigate(to)} activationMode="manual">
      <Tabs.List ref={list} className={styles.tabs} aria-label={label}>
        {tabs.map((tab) => (
          <Tabs.Trigger key={tab.to} value={tab.to} className={styles.tab} data-guide={tab.guide}>
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

interface MissingRecordProps {
  noun: 'User' | 'Account' | 'event' | 'message' | 'source' | 'destination'
  list: { label: string; to: string }
}

export function MissingRecord({ noun, list }: MissingRecordProps): ReactNode {
  return (
    <Page title={`No such ${noun}`} crumbs={[list]}>
      <Card>
        <Empty
          title={`The console does not have this ${noun}`}
          actions={<ButtonLink to={list.to}>{list.label}</ButtonLink>}
        >
          {noun === 'source' || noun === 'destination'
            ? 'It may have been deleted. The console also forgets everything when it stops. Choose another one, or add it again.'
            : 'It keeps a limited number and forgets everything when it stops. Send the call again to see it here.'}
        </Empty>
      </Card>
    </Page>
  )
}
