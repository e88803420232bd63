import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { usePathValue, useQueryText } from '../../data/address'
import { useApi } from '../../data/use-api'
import { useIsReading } from '../../data/use-is-reading'
import { useLiveList } from '../../data/use-live-list'
import { ButtonLink } from '../../ui/button'
import { JsonCode } from '../../ui/code'
import { Details, Time } from '../../ui/details'
import { RowTime, RowTitle } from '../../ui/live-list'
import { Card, MissingRecord, Page } from '../../ui/page'
import { Empty, Loaded } from '../../ui/state'
import { RecordList } from './record-list'
import { RecordLinks } from './record-page'

export function EventsPage(): ReactNode {
  const [, search] = useQueryText('search')
  const list = useLiveList('GET /api/events', { topic: 'events', query: { search }, isHeld: useIsReading() })
  return (
    <Page title="Events" lead="Each track call records an event: something that a User did.">
      <RecordList
        noun="events"
        list={list}
        columns="minmax(0, 1fr) minmax(0, 1fr) minmax(0, 1fr) 136px"
        narrowColumns="fit-content(50%) minmax(0, 1fr) auto"
        headings={[null, 'User', 'Account', 'Received']}
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

/** One event, as Astrolabe holds it. */
export function EventPage(): ReactNode {
  const key = usePathValue(1)
  const event = useApi('GET /api/events/:key', { params: { key } })
  return (
    <Loaded query={event} missing={<MissingRecord noun="event" list={CRUMB} />}>
      {({ event: name, user, account, timestamp, receivedAt, messageId, message }) => (
        <Page title={name} crumbs={[CRUMB]}>
          <Card title="Event">
            <Details
              rows={[
                ['User', <RecordLinks key="user" page="/users" links={[user]} />],
                ['Account', account && <RecordLinks page="/accounts" links={[account]} />],
                ['Happened', timestamp && <Time at={timestamp} />],
                ['Received', <Time key="received" at={receivedAt} />],
                [
                  'Message',
                  messageId === undefined ? undefined : (
                    <Link href={`/messages/by-message-id/${encodeURIComponent(messageId)}`}>
                      <code>{messageId}</code>
                    </Link>
                  )
                ]
              ]}
            />
          </Card>
          <Card title="As Astrolabe received it">
            <JsonCode label="Message" value={message} />
          </Card>
        </Page>
      )}
    </Loaded>
  )
}

const CRUMB = { label: 'Events', to: '/events' }
