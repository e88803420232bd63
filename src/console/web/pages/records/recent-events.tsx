import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { AstrolabeEvent } from '../../../server/api'
import { JsonValue } from '../../ui/code'
import { Table, Time } from '../../ui/details'
import { Card } from '../../ui/page'
import { Empty } from '../../ui/state'

export function RecentEvents({ events }: { events: AstrolabeEvent[] }): ReactNode {
  return (
    <Card title="Events" isFlush>
      {events.length === 0 ? (
        <Empty title="No events">Track calls appear here.</Empty>
      ) : (
        <Table
          label="Events"
          columns={['Time', 'Event', 'Properties']}
          rows={events}
          keyOf={({ key }) => key}
          cellsOf={({ key, event, receivedAt, properties }) => [
            <Time key="time" at={receivedAt} />,
            <Link key="event" href={`/events/${encodeURIComponent(key)}`}>
              <bdi>{event}</bdi>
            </Link>,
            <JsonValue key="properties" value={properties} />
          ]}
        />
      )}
    </Card>
  )
}
