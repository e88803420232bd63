import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Change, Delivery, JsonObject, MessageDetail } from '../../../server/api'
import { formatNumber } from '../../data/format'
import { OutcomeBadge, outcomeTone } from '../../ui/badge'
import type { Tone } from '../../ui/badge'
import { JsonCode } from '../../ui/code'
import { DeliverySteps, Hints } from '../../ui/delivery-steps'
import { Details, Table, Time } from '../../ui/details'
import { Card } from '../../ui/page'
import { Banner } from '../../ui/state'
import { apiKeyPath, destinationPath } from '../connections/add-destination-page'
import { RecordLinks } from '../records/record-page'
import styles from './message-view.module.css'

/** From the call to the User: what came in, beside what each destination made of it where there is room. */
export function MessageView({ message }: { message: MessageDetail }): ReactNode {
  return (
    <div className={styles.view}>
      <Banner kind={toneOf(message)} action={<FixLink deliveries={message.deliveries} />}>
        <strong dir="auto">{message.sentence}</strong>
        <MappingHints deliveries={message.deliveries} />
      </Banner>
      <ReceivedCard message={message} />
      <div className={message.deliveries.length > 0 ? styles.columns : styles.column}>
        <div className={styles.column}>
          <Card title={message.outcome === 'refused' ? 'Request' : 'Event'}>
            <JsonCode label="Event" value={message.event} />
          </Card>
          <ChangesCard message={message} />
        </div>
        <div className={styles.column}>
          {message.deliveries.map((delivery) => (
            <DeliveryCard key={delivery.destination.id} delivery={delivery} />
          ))}
        </div>
      </div>
    </div>
  )
}

/** What is wrong with the mapping that the reader has to edit. */
function MappingHints({ deliveries }: Pick<MessageDetail, 'deliveries'>): ReactNode {
  return deliveries
    .flatMap(({ fix, mappings }) =>
      mappings.filter(({ mappingId }) => fix?.at === 'mapping' && fix.mappingId === mappingId)
    )
    .flatMap(({ hints }) => hints)
    .map((hint) => (
      <p key={hint} dir="auto">
        {hint}
      </p>
    ))
}

/** To the place where the reader can do something about an event that did not arrive. */
function FixLink({ deliveries }: Pick<MessageDetail, 'deliveries'>): ReactNode {
  const delivery = deliveries.find(({ fix }) => fix !== undefined)
  if (delivery?.fix === undefined) {
    return null
  }
  const { destination, fix } = delivery
  const page = destinationPath(destination.id)
  switch (fix.at) {
    case 'key':
      return <Link href={apiKeyPath(destination.id)}>Check the API key</Link>
    case 'mapping':
      return <Link href={`${page}/mappings?mapping=${encodeURIComponent(fix.mappingId)}`}>Edit mapping</Link>
    case 'mappings':
      return <Link href={`${page}/mappings`}>Edit mappings</Link>
  }
}

function ReceivedCard({ message }: { message: MessageDetail }): ReactNode {
  const { receivedAt, source, messageId, enriched, hints, type } = message
  const { user, account } = message.records
  return (
    <Card title="Received" aside={<Time at={receivedAt} />}>
      <Details
        layout="columns"
        rows={[
          ['Call', <code key="type">{type}</code>],
          ['Source', <bdi key="source">{source?.name ?? 'Engage'}</bdi>],
          ['Client', clientOf(message)],
          ['User', user && <RecordLinks page="/users" links={[user]} />],
          ['Account', account && <RecordLinks page="/accounts" links={[account]} />],
          ['Message ID', messageId === undefined ? undefined : <code>{messageId}</code>],
          ['Added by Segment', enriched.length === 0 ? undefined : enriched.join(', ')]
        ]}
      />
      <Hints hints={hints} />
    </Card>
  )
}

/** A message that Astrolabe has confirmed and blocked is no success. */
function toneOf({ outcome, changes }: MessageDetail): Tone {
  return changes.some(({ kind }) => kind === 'blocked') ? 'warn' : outcomeTone(outcome)
}

/** The library that sent it, such as "analytics-node 3.1.0", or the page of the console. */
function clientOf({ origin, event }: MessageDetail): string {
  // The cast: a client may send any context.
  const library = (event.context as JsonObject | undefined)?.library as JsonObject | string | undefined
  const { name = undefined, version = undefined } = typeof library === 'object' && library !== null ? library : {}
  const text = [name, version].filter((part) => typeof part === 'string').join(' ')
  return origin === 'client' && text !== '' ? text : ORIGINS[origin]
}

const ORIGINS: Record<MessageDetail['origin'], string> = {
  client: 'A client',
  test: 'The Test page',
  'sent again': 'Sent again',
  engage: 'Engage'
}

/** What one destination made of the message, step by step. */
function DeliveryCard({ delivery }: { delivery: Delivery }): ReactNode {
  const { destination, outcome } = delivery
  return (
    <Card title={destination.name} aside={<OutcomeBadge outcome={outcome} />}>
      {outcome === 'queue full' ? <p>The console did not send it.</p> : <DeliverySteps delivery={delivery} />}
      <Link href={`${destinationPath(destination.id)}/mappings`}>Open mappings</Link>
    </Card>
  )
}

/** What changed in Astrolabe, with links to it. */
function ChangesCard({ message: { changes, omittedChanges, outcome } }: { message: MessageDetail }): ReactNode {
  return (
    <Card
      title="What changed in Astrolabe"
      aside={omittedChanges > 0 && `and ${formatNumber(omittedChanges)} more`}
      isFlush={changes.length > 0}
    >
      {changes.length === 0 ? (
        <p>{outcome === 'pending' ? 'Nothing yet: the message is on its way.' : 'Nothing changed.'}</p>
      ) : (
        <div data-side="astrolabe">
          <Table
            label="What changed in Astrolabe"
            columns={['Record', 'Traits that changed']}
            rows={changes}
            keyOf={(change) => String(changes.indexOf(change))}
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
