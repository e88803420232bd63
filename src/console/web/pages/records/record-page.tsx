import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Account, AstrolabeEvent, History, HistoryEntry, JsonObject, RecordLink, User } from '../../../server/api'
import { formatCount, formatNumber } from '../../data/format'
import { JsonValue } from '../../ui/code'
import { Details, Table, Time } from '../../ui/details'
import type { DetailRow } from '../../ui/details'
import { Card, Note, Page } from '../../ui/page'
import { Banner, Empty } from '../../ui/state'

interface RecordPageProps {
  noun: 'User' | 'Account'
  title: string
  record: User | Account
  /** IDs, and links to other records. */
  rows: DetailRow[]
}

/** What the pages of a User and of an Account have in common. */
export function RecordPage({ noun, title, record, rows }: RecordPageProps): ReactNode {
  const { traitValues, recentEvents, history, dropped } = record
  const parts = describeDropped(dropped, noun === 'User' ? 'Account' : 'User')
  return (
    <Page title={title} crumbs={[{ label: `${noun}s`, to: noun === 'User' ? '/users' : '/accounts' }]}>
      {parts !== '' && (
        <Banner kind="warn">
          Because of the memory limit, this {noun} has lost {parts}. Astrolabe itself keeps them.
        </Banner>
      )}
      <Card title={noun}>
        <Details rows={rows} />
      </Card>
      <Traits values={traitValues} />
      <RecentEvents events={recentEvents} />
      <RecordHistory history={history} />
    </Page>
  )
}

interface RecordLinksProps {
  page: '/users' | '/accounts'
  links: RecordLink[]
}

export function RecordLinks({ page, links }: RecordLinksProps): ReactNode {
  return (
    <ul style={{ display: 'flex', flexWrap: 'wrap', gap: '2px 14px' }}>
      {links.map(({ key, label }) => (
        <li key={label}>
          {key === undefined ? (
            <bdi>{label}</bdi>
          ) : (
            <Link href={`${page}/${encodeURIComponent(key)}`}>
              <bdi>{label}</bdi>
            </Link>
          )}
        </li>
      ))}
    </ul>
  )
}

/** Traits with their values, `null` included. */
function Traits({ values }: { values: JsonObject }): ReactNode {
  const rows = Object.entries(values)
  return (
    <Card title="Traits" isFlush>
      {rows.length === 0 ? (
        <Empty title="No traits">Traits of identify and group calls appear here.</Empty>
      ) : (
        <Table
          label="Traits"
          columns={['Trait', 'Value']}
          rows={rows}
          keyOf={([name]) => name}
          cellsOf={([name, value]) => [<bdi key="name">{name}</bdi>, <JsonValue key="value" value={value} />]}
        />
      )}
    </Card>
  )
}

function RecentEvents({ events }: { events: AstrolabeEvent[] }): ReactNode {
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

/** Which message changed what. */
function RecordHistory({ history: { entries, dropped } }: { history: History }): ReactNode {
  return (
    <Card
      title="History"
      aside={
        dropped > 0 && <Note>{formatNumber(dropped)} older changes were dropped because of the memory limit.</Note>
      }
      isFlush
    >
      {entries.length === 0 ? (
        <Empty title="No changes">Every message that changes something is listed here.</Empty>
      ) : (
        <Table
          label="History"
          columns={['Time', 'Message', 'What changed']}
          rows={entries}
          keyOf={({ at, id, messageId }) => `${at} ${id} ${messageId}`}
          cellsOf={(entry) => [
            <Time key="time" at={entry.at} />,
            <MessageLink key="message" entry={entry} />,
            <Changes key="changes" entry={entry} />
          ]}
        />
      )}
    </Card>
  )
}

function MessageLink({ entry: { id, messageId } }: { entry: HistoryEntry }): ReactNode {
  const label = <code>{messageId ?? 'without a message ID'}</code>
  return id === undefined ? label : <Link href={`/messages/${encodeURIComponent(id)}`}>{label}</Link>
}

function Changes({ entry: { traits, note } }: { entry: HistoryEntry }): ReactNode {
  return (
    <ul>
      {note && (
        <li>
          <bdi>{note}</bdi>
        </li>
      )}
      {traits.map(({ name, value }) => (
        <li key={name}>
          <bdi>{name}</bdi> = <JsonValue value={value} />
        </li>
      ))}
    </ul>
  )
}

/** Such as "2 traits and 1 Account". */
function describeDropped({ traits, anonymousIds, links }: User['dropped'], link: string): string {
  const parts = [
    [traits, 'trait'],
    [anonymousIds, 'anonymous ID'],
    [links, link]
  ] as const
  return parts
    .filter(([count]) => count > 0)
    .map(([count, part]) => formatCount(count, part))
    .join(' and ')
}
