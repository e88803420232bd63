import type { ReactNode } from 'react'
import { usePathValue } from '../../data/address'
import { useApi } from '../../data/use-api'
import { Time } from '../../ui/details'
import { MissingRecord } from '../../ui/page'
import { Loaded } from '../../ui/state'
import { RecordLinks } from './record-links'
import { RecordPage } from './record-page'

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
