import type { ReactNode } from 'react'
import { formatCount } from '../../data/format'
import { useIsReading } from '../../data/use-is-reading'
import { useLiveList } from '../../data/use-live-list'
import { useQueryText } from '../../data/address'
import { ButtonLink } from '../../ui/button'
import { RowTime, RowTitle, Secondary, WideOnly } from '../../ui/live-list'
import { Page } from '../../ui/page'
import { Empty } from '../../ui/state'
import { RecordList } from './record-list'

export function UsersPage(): ReactNode {
  const [, search] = useQueryText('search')
  const list = useLiveList('GET /api/users', { topic: 'users', query: { search }, isHeld: useIsReading() })
  return (
    <Page title="Users" lead="An identify call creates a User, or updates the traits of the User that already exists.">
      <RecordList
        noun="Users"
        list={list}
        columns="minmax(0, 1.2fr) minmax(0, 1.2fr) 90px 100px 150px"
        narrowColumns="minmax(0, 1fr) fit-content(50%)"
        keyOf={({ key }) => key}
        linkOf={({ key }) => `/users/${encodeURIComponent(key)}`}
        cellsOf={({ label, email, name, traits, accounts, updatedAt }) => (
          <>
            <RowTitle>{label}</RowTitle>
            <bdi>{email ?? name}</bdi>
            <Secondary>{formatCount(traits, 'trait')}</Secondary>
            <WideOnly>{formatCount(accounts, 'Account')}</WideOnly>
            <RowTime at={updatedAt} />
          </>
        )}
        empty={
          <Empty title="No Users yet" actions={<ButtonLink to="/test">Send a test event</ButtonLink>}>
            Send an identify call through an enabled Astrolabe destination, from the Test page or from a client of a
            source.
          </Empty>
        }
      />
    </Page>
  )
}
