import type { ReactNode } from 'react'
import type { Account, User } from '../../../server/api'
import { formatCount } from '../../data/format'
import type { DetailRow } from '../../ui/details'
import { Details } from '../../ui/details'
import { Card, Page } from '../../ui/page'
import { Banner } from '../../ui/state'
import { RecordHistory } from './history'
import { RecentEvents } from './recent-events'
import { Traits } from './traits'

interface RecordPageProps {
  noun: 'User' | 'Account'
  title: string
  record: User | Account
  /** IDs, and links to other records. */
  rows: DetailRow[]
}

/** What the pages of a User and of an Account have in common. */
export function RecordPage({ noun, title, record, rows }: RecordPageProps): ReactNode {
  const { traitValues, recentEvents, history, dropped } = record
  const parts = describeDropped(dropped, noun === 'User' ? 'Account' : 'User')
  return (
    <Page title={title} crumbs={[{ label: `${noun}s`, to: noun === 'User' ? '/users' : '/accounts' }]}>
      {parts !== '' && (
        <Banner kind="warn">
          Because of the memory limit, this {noun} has lost {parts}. Astrolabe itself keeps them.
        </Banner>
      )}
      <Card title={noun}>
        <Details rows={rows} />
      </Card>
      <Traits values={traitValues} />
      <RecentEvents events={recentEvents} />
      <RecordHistory history={history} />
    </Page>
  )
}

/** Such as "2 traits and 1 Account". */
function describeDropped({ traits, anonymousIds, links }: User['dropped'], link: string): string {
  const parts = [
    [traits, 'trait'],
    [anonymousIds, 'anonymous ID'],
    [links, link]
  ] as const
  return parts
    .filter(([count]) => count > 0)
    .map(([count, part]) => formatCount(count, part))
    .join(' and ')
}
