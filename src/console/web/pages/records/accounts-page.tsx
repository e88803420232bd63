import type { ReactNode } from 'react'
import { usePathValue, useQueryText } from '../../data/address'
import { formatCount } from '../../data/format'
import { useApi } from '../../data/use-api'
import { useIsReading } from '../../data/use-is-reading'
import { useLiveList } from '../../data/use-live-list'
import { ButtonLink } from '../../ui/button'
import { Time } from '../../ui/details'
import { RowTime, RowTitle, Secondary, WideOnly } from '../../ui/live-list'
import { MissingRecord, Page } from '../../ui/page'
import { Empty, Loaded } from '../../ui/state'
import { RecordList } from './record-list'
import { RecordLinks, RecordPage } from './record-page'

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
        columns="minmax(0, 1.1fr) minmax(0, 1.2fr) 72px 72px 136px"
        narrowColumns="minmax(0, 1fr) auto"
        headings={[null, 'Account ID', 'Traits', 'Users', 'Updated']}
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

export function AccountPage(): ReactNode {
  const key = usePathValue(1)
  const account = useApi('GET /api/accounts/:key', { params: { key } })
  return (
    <Loaded query={account} missing={<MissingRecord noun="Account" list={{ label: 'Accounts', to: '/accounts' }} />}>
      {(record) => {
        const { key: groupId, label, name, members, updatedAt } = record
        return (
          <RecordPage
            noun="Account"
            title={name ?? label}
            record={record}
            rows={[
              ['Account ID', <code key="id">{groupId}</code>],
              ['Users', members.length === 0 ? 'None' : <RecordLinks page="/users" links={members} />],
              ['Updated', <Time key="updated" at={updatedAt} />]
            ]}
          />
        )
      }}
    </Loaded>
  )
}
