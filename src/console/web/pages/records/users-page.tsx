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

export function UsersPage(): ReactNode {
  const [, search] = useQueryText('search')
  const list = useLiveList('GET /api/users', { topic: 'users', query: { search }, isHeld: useIsReading() })
  return (
    <Page title="Users" lead="An identify call creates a User, or updates the traits of the User that already exists.">
      <RecordList
        noun="Users"
        list={list}
        columns="minmax(0, 1fr) minmax(0, 1.2fr) 72px 92px 136px"
        narrowColumns="minmax(0, 1fr) auto"
        headings={[null, 'Email or name', 'Traits', 'Accounts', 'Updated']}
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

export function UserPage(): ReactNode {
  const key = usePathValue(1)
  const user = useApi('GET /api/users/:key', { params: { key } })
  return (
    <Loaded query={user} missing={<MissingRecord noun="User" list={{ label: 'Users', to: '/users' }} />}>
      {(record) => {
        const { label, userId, anonymousIds, memberOf, updatedAt } = record
        return (
          <RecordPage
            noun="User"
            title={label}
            record={record}
            rows={[
              [
                'User ID',
                userId === undefined ? 'Unknown: this visitor has not been identified' : <code>{userId}</code>
              ],
              [
                'Anonymous IDs',
                anonymousIds.length === 0 ? 'None' : anonymousIds.map((id) => <AnonymousId key={id} id={id} />)
              ],
              ['Accounts', memberOf.length === 0 ? 'None' : <RecordLinks page="/accounts" links={memberOf} />],
              ['Updated', <Time key="updated" at={updatedAt} />]
            ]}
          />
        )
      }}
    </Loaded>
  )
}

function AnonymousId({ id }: { id: string }): ReactNode {
  return (
    <div>
      <code>{id}</code>
    </div>
  )
}
