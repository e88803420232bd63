import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Engage } from '../../../server/api'
import { formatCount, formatNumber } from '../../data/format'
import { Table, Time } from '../../ui/details'
import { Card } from '../../ui/page'
import { Empty } from '../../ui/state'

const SHOWN = 5

/** What each sync sent, with links to the messages. */
export function SyncsCard({ engage: { syncs, audiences, computedTraits } }: { engage: Engage }): ReactNode {
  const isEmpty = audiences.length + computedTraits.length === 0
  return (
    <Card title="Syncs" isFlush>
      {syncs.length === 0 ? (
        <Empty title="No sync yet">
          {isEmpty ? 'Add an audience or a computed trait, then click ' : 'Click '}
          <strong>Sync now</strong>. The first sync sends an identify call for every User in an audience. Later ones
          send only what has changed.
        </Empty>
      ) : (
        <Table
          label="Syncs"
          columns={['Time', 'Reference date', 'Calls', 'Messages']}
          rows={syncs}
          keyOf={({ at }) => at}
          cellsOf={({ at, referenceDate, calls, messageIds }) => [
            <Time key="at" at={at} />,
            <Time key="date" at={referenceDate} />,
            calls.length === 0
              ? 'None'
              : calls.map(({ key, name, count }) => (
                  <div key={key}>
                    <bdi>{name}</bdi>: {formatCount(count, 'call')}
                  </div>
                )),
            <ul key="messages">
              {messageIds.slice(0, SHOWN).map((id, index) => (
                <li key={id}>
                  <Link href={`/messages/${encodeURIComponent(id)}`}>Message {index + 1}</Link>
                </li>
              ))}
              {messageIds.length > SHOWN && <li>and {formatNumber(messageIds.length - SHOWN)} more</li>}
            </ul>
          ]}
        />
      )}
    </Card>
  )
}
