import type { ReactNode } from 'react'
import { formatCount } from '../../data/format'
import { useApi } from '../../data/use-api'
import { usePathValue } from '../../data/use-path-value'
import { Details } from '../../ui/details'
import { Card, Page } from '../../ui/page'
import { Loaded } from '../../ui/state'
import { Time } from '../../ui/time'
import { RecordHistory } from './history'
import { MissingRecord } from './missing-record'
import { RecentEvents } from './recent-events'
import { RecordLinks } from './record-links'
import { Traits } from './traits'

export function AccountPage(): ReactNode {
  const key = usePathValue(1)
  const account = useApi('GET /api/accounts/:key', { params: { key } })
  return (
    <Loaded query={account} missing={<MissingRecord noun="Account" list={CRUMB} />}>
      {({ key: groupId, label, name, members, users, updatedAt, traitValues, traits, recentEvents, history }) => (
        <Page
          title={name ?? label}
          crumbs={[CRUMB]}
          lead={`${formatCount(traits, 'trait')}, ${formatCount(users, 'User')}`}
        >
          <Card title="Account">
            <Details
              rows={[
                ['Account ID', <code key="id">{groupId}</code>],
                ['Users', members.length === 0 ? 'None' : <RecordLinks page="/users" links={members} />],
                ['Updated', <Time key="updated" at={updatedAt} />]
              ]}
            />
          </Card>
          <Traits values={traitValues} />
          <RecentEvents events={recentEvents} />
          <RecordHistory history={history} />
        </Page>
      )}
    </Loaded>
  )
}

const CRUMB = { label: 'Accounts', to: '/accounts' }
