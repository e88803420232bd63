import type { ReactNode } from 'react'
import { usePathValue } from '../../data/address'
import { useApi } from '../../data/use-api'
import { Time } from '../../ui/details'
import { MissingRecord } from '../../ui/page'
import { Loaded } from '../../ui/state'
import { RecordLinks } from './record-links'
import { RecordPage } from './record-page'

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
