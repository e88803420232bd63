import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Change, MessageDetail } from '../../../server/api'
import { Table } from '../../ui/details'
import { Card } from '../../ui/page'

/** What changed in Astrolabe, with links to it. */
export function ChangesCard({ message: { changes, outcome } }: { message: MessageDetail }): ReactNode {
  return (
    <Card title="What changed in Astrolabe" isFlush={changes.length > 0}>
      {changes.length === 0 ? (
        <p>{outcome === 'pending' ? 'Nothing yet: the message is on its way.' : 'Nothing changed.'}</p>
      ) : (
        <div data-side="astrolabe">
          <Table
            label="What changed in Astrolabe"
            columns={['Record', 'Traits that changed']}
            rows={changes}
            keyOf={({ kind, key }) => `${kind} ${key}`}
            cellsOf={(change) => [
              <ChangeLink key="link" change={change} />,
              change.traits.length === 0 ? 'None' : <bdi key="traits">{change.traits.join(', ')}</bdi>
            ]}
          />
        </div>
      )}
    </Card>
  )
}

const PAGES = {
  user: '/users',
  account: '/accounts',
  event: '/events',
  blocked: '/connectors',
  duplicate: '/connectors'
} as const
const NOUNS = {
  user: 'User',
  account: 'Account',
  event: 'Event',
  blocked: 'Blocked by the connector:',
  duplicate: 'Received before, by the connector'
} as const

function ChangeLink({ change: { kind, key, label } }: { change: Change }): ReactNode {
  return (
    <>
      {NOUNS[kind]}{' '}
      <Link href={`${PAGES[kind]}/${encodeURIComponent(key)}`}>
        <bdi>{label}</bdi>
      </Link>
    </>
  )
}
