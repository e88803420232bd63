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

export function AccountsPage(): ReactNode {
  const [, search] = useQueryText('search')
  const list = useLiveList('GET /api/accounts', { topic: 'accounts', query: { search }, isHeld: useIsReading() })
  return (
    <Page
      title="Accounts"
      lead="A group call creates an Account, or updates the one that already exists. It can also associate a User to it."
    >
      <RecordList
        noun="Accounts"
        list={list}
        columns="minmax(0, 1.2fr) minmax(0, 1.2fr) 90px 90px 150px"
        narrowColumns="minmax(0, 1fr) fit-content(50%)"
        keyOf={({ key }) => key}
        linkOf={({ key }) => `/accounts/${encodeURIComponent(key)}`}
        cellsOf={({ label, name, traits, users, updatedAt }) => (
          <>
            <RowTitle>{name ?? label}</RowTitle>
            <bdi>{name === undefined ? '' : label}</bdi>
            <WideOnly>{formatCount(traits, 'trait')}</WideOnly>
            <Secondary>{formatCount(users, 'User')}</Secondary>
            <RowTime at={updatedAt} />
          </>
        )}
        empty={
          <Empty title="No Accounts yet" actions={<ButtonLink to="/test">Send a test event</ButtonLink>}>
            Send a group call through an enabled Astrolabe destination, from the Test page or from a client of a source.
          </Empty>
        }
      />
    </Page>
  )
}
