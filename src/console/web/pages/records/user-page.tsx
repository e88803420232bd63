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

export function UserPage(): ReactNode {
  const key = usePathValue(1)
  const user = useApi('GET /api/users/:key', { params: { key } })
  return (
    <Loaded query={user} missing={<MissingRecord noun="User" list={CRUMB} />}>
      {({ label, userId, anonymousIds, memberOf, updatedAt, traitValues, traits, recentEvents, history }) => (
        <Page title={label} crumbs={[CRUMB]} lead={formatCount(traits, 'trait')}>
          <Card title="User">
            <Details
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
          </Card>
          <Traits values={traitValues} />
          <RecentEvents events={recentEvents} />
          <RecordHistory history={history} />
        </Page>
      )}
    </Loaded>
  )
}

const CRUMB = { label: 'Users', to: '/users' }

function AnonymousId({ id }: { id: string }): ReactNode {
  return (
    <div>
      <code>{id}</code>
    </div>
  )
}
