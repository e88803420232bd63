import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Source } from '../../../server/api'
import { formatNumber } from '../../data/format'
import { ButtonLink } from '../../ui/button'
import { Table, Time } from '../../ui/details'
import { Empty } from '../../ui/state'

export function SourceTable({ sources }: { sources: Source[] }): ReactNode {
  if (sources.length === 0) {
    return (
      <Empty title="No sources yet" actions={<ButtonLink to="/connections/sources">Sources</ButtonLink>}>
        Add a source to get a write key for your clients.
      </Empty>
    )
  }
  return (
    <Table
      label="Sources"
      columns={['Name', 'Received', 'Dropped', 'Last event', 'Destinations']}
      rows={sources}
      keyOf={({ id }) => id}
      cellsOf={({ id, name, received, dropped, lastReceivedAt, destinationIds }) => [
        <Link key="name" href={`/connections/sources/${encodeURIComponent(id)}`}>
          <bdi>{name}</bdi>
        </Link>,
        formatNumber(received),
        formatNumber(dropped),
        lastReceivedAt === undefined ? 'None yet' : <Time key="last" at={lastReceivedAt} />,
        destinationIds.length
      ]}
    />
  )
}
