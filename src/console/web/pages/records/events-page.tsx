import type { ReactNode } from 'react'
import { useIsReading } from '../../data/use-is-reading'
import { useLiveList } from '../../data/use-live-list'
import { useQueryText } from '../../data/address'
import { ButtonLink } from '../../ui/button'
import { RowTime, RowTitle } from '../../ui/live-list'
import { Page } from '../../ui/page'
import { Empty } from '../../ui/state'
import { RecordList } from './record-list'

export function EventsPage(): ReactNode {
  const [, search] = useQueryText('search')
  const list = useLiveList('GET /api/events', { topic: 'events', query: { search }, isHeld: useIsReading() })
  return (
    <Page title="Events" lead="Each track call records an event: something that a User did.">
      <RecordList
        noun="events"
        list={list}
        columns="minmax(0, 1fr) minmax(0, 1fr) minmax(0, 1fr) 150px"
        narrowColumns="minmax(0, 1fr) fit-content(50%)"
        keyOf={({ key }) => key}
        linkOf={({ key }) => `/events/${encodeURIComponent(key)}`}
        cellsOf={({ event, user, account, receivedAt }) => (
          <>
            <RowTitle>{event}</RowTitle>
            <bdi>{user.label}</bdi>
            <bdi>{account?.label}</bdi>
            <RowTime at={receivedAt} />
          </>
        )}
        empty={
          <Empty title="No events yet" actions={<ButtonLink to="/test">Send a test event</ButtonLink>}>
            Send a track call through an enabled Astrolabe destination, from the Test page or from a client of a source.
          </Empty>
        }
      />
    </Page>
  )
}
