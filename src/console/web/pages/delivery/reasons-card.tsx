import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { DeliveryReason } from '../../../server/api'
import { formatNumber } from '../../data/format'
import { OutcomeBadge } from '../../ui/badge'
import { Table } from '../../ui/details'
import { Card } from '../../ui/page'
import { Empty } from '../../ui/state'
import { Time } from '../../ui/time'

export function ReasonsCard({ reasons }: { reasons: DeliveryReason[] }): ReactNode {
  return (
    <Card title="Reasons" isFlush>
      {reasons.length === 0 ? (
        <Empty title="No undelivered events">
          If an event does not arrive, its reason is listed here, with samples.
        </Empty>
      ) : (
        <Table
          label="Reasons"
          columns={['Outcome', 'Reason', 'Count', 'Last', 'Samples']}
          rows={reasons}
          keyOf={({ outcome, reason, status }) => `${outcome} ${status} ${reason}`}
          cellsOf={({ outcome, reason, status, count, lastAt, samples }) => [
            <OutcomeBadge key="outcome" outcome={outcome} />,
            <bdi key="reason">{status === undefined ? reason : `${reason} (${status})`}</bdi>,
            formatNumber(count),
            <Time key="time" at={lastAt} />,
            <ul key="samples">
              {samples.map(({ id, title }) => (
                <li key={id}>
                  <Link href={`/messages/${encodeURIComponent(id)}`}>
                    <bdi>{title}</bdi>
                  </Link>
                </li>
              ))}
            </ul>
          ]}
        />
      )}
    </Card>
  )
}
