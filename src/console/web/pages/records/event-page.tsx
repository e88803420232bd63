import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { usePathValue } from '../../data/address'
import { useApi } from '../../data/use-api'
import { JsonCode } from '../../ui/code'
import { Details, Time } from '../../ui/details'
import { Card, MissingRecord, Page } from '../../ui/page'
import { Loaded } from '../../ui/state'
import { RecordLinks } from './record-links'

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
