import { useState } from 'react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { DeliveryReason } from '../../../server/api'
import { formatNumber } from '../../data/format'
import { OutcomeBadge } from '../../ui/badge'
import { Table, Time } from '../../ui/details'
import { Card } from '../../ui/page'
import { Empty } from '../../ui/state'
import styles from './delivery.module.css'

export function ReasonsCard({ reasons }: { reasons: DeliveryReason[] }): ReactNode {
  const rows = useStillOrder(reasons)
  return (
    <Card title="Reasons" isFlush>
      {rows.length === 0 ? (
        <Empty title="No undelivered events">
          If an event does not arrive, its reason is listed here, with samples.
        </Empty>
      ) : (
        <Table
          label="Reasons"
          columns={['Outcome', 'Reason', 'Count', 'Last', 'Samples']}
          rows={rows}
          keyOf={keyOf}
          cellsOf={({ outcome, reason, status, count, lastAt, samples }) => [
            <OutcomeBadge key="outcome" outcome={outcome} />,
            <Reason key="reason" {...{ reason, status }} />,
            formatNumber(count),
            <Time key="time" at={lastAt} />,
            <Samples key="samples" samples={samples} />
          ]}
        />
      )}
    </Card>
  )
}

function Reason({ reason, status }: Pick<DeliveryReason, 'reason' | 'status'>): ReactNode {
  return (
    <>
      <bdi>{reason}</bdi>
      {status !== undefined && <div className={styles.status}>Status {status}</div>}
    </>
  )
}

function Samples({ samples }: Pick<DeliveryReason, 'samples'>): ReactNode {
  return (
    <ul className={styles.samples}>
      {samples.slice(0, SHOWN_SAMPLES).map(({ id, title }) => (
        <li key={id}>
          <Link href={`/messages/${encodeURIComponent(id)}`}>
            <bdi>{title}</bdi>
          </Link>
        </li>
      ))}
    </ul>
  )
}

const SHOWN_SAMPLES = 3

const keyOf = ({ outcome, reason, status }: DeliveryReason): string => `${outcome} ${status} ${reason}`

/** The most frequent first, as of the first look: rows stay in place while counts grow, and new ones follow at the end. */
function useStillOrder(reasons: DeliveryReason[]): DeliveryReason[] {
  const [order, setOrder] = useState<string[]>([])
  const added = reasons.map(keyOf).filter((key) => !order.includes(key))
  if (added.length > 0) {
    setOrder([...order, ...added])
  }
  return reasons.toSorted((one, other) => order.indexOf(keyOf(one)) - order.indexOf(keyOf(other)))
}
