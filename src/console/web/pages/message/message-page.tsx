import type { ReactNode } from 'react'
import type { MessageDetail } from '../../../server/api'
import { usePathValue } from '../../data/address'
import { useApi } from '../../data/use-api'
import { OutcomeBadge, outcomeTone } from '../../ui/badge'
import type { Tone } from '../../ui/badge'
import { JsonCode } from '../../ui/code'
import { Details, Time } from '../../ui/details'
import { Card, Page } from '../../ui/page'
import { Banner, Loaded } from '../../ui/state'
import { MissingRecord } from '../records/missing-record'
import { ChangesCard } from './changes-card'
import { DeliveryCard } from './delivery-card'
import { MessageActions } from './message-actions'
import { Fold } from './steps'

export function MessagePage(): ReactNode {
  const id = usePathValue(1)
  return <MessageView query={useApi('GET /api/messages/:id', { params: { id } })} />
}

/** The same by `messageId`, for links from Astrolabe's side. */
export function MessageByMessageIdPage(): ReactNode {
  const messageId = usePathValue(2)
  return <MessageView query={useApi('GET /api/messages/by-message-id/:messageId', { params: { messageId } })} />
}

function MessageView({ query }: { query: { data: MessageDetail | undefined; error: Error | null } }): ReactNode {
  return (
    <Loaded query={query} missing={<MissingRecord noun="message" list={CRUMB} />}>
      {(message) => (
        <Page
          title={message.title}
          aside={<OutcomeBadge outcome={message.outcome} />}
          crumbs={[CRUMB]}
          actions={<MessageActions message={message} />}
        >
          <Banner kind={toneOf(message)}>
            <strong dir="auto">{message.sentence}</strong>
          </Banner>
          <ReceivedCard message={message} />
          {message.deliveries.map((delivery) => (
            <DeliveryCard key={delivery.destination.id} delivery={delivery} />
          ))}
          <ChangesCard message={message} />
        </Page>
      )}
    </Loaded>
  )
}

function ReceivedCard({ message }: { message: MessageDetail }): ReactNode {
  const { receivedAt, source, messageId, enriched, event, origin, type } = message
  return (
    <Card title="Received" aside={<Time at={receivedAt} />}>
      <Details
        layout="columns"
        rows={[
          ['Call', <code key="type">{type}</code>],
          ['Source', <bdi key="source">{source?.name ?? 'Engage'}</bdi>],
          ['Came from', ORIGINS[origin]],
          ['Message ID', messageId === undefined ? undefined : <code>{messageId}</code>],
          ['Added by Segment', enriched.length === 0 ? undefined : enriched.join(', ')]
        ]}
      />
      <Fold title="Event">
        <JsonCode label="Event" value={event} />
      </Fold>
    </Card>
  )
}

/** A message that Astrolabe has confirmed and blocked is no success. */
function toneOf({ outcome, changes }: MessageDetail): Tone {
  return changes.some(({ kind }) => kind === 'blocked') ? 'warn' : outcomeTone(outcome)
}

const CRUMB = { label: 'Debugger', to: '/debugger' }

const ORIGINS: Record<MessageDetail['origin'], string> = {
  client: 'A client',
  test: 'The Test page',
  'sent again': 'Sent again',
  engage: 'Engage'
}
