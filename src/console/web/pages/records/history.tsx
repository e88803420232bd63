import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { History, HistoryEntry } from '../../../server/api'
import { formatNumber } from '../../data/format'
import { JsonValue } from '../../ui/code'
import { Table, Time } from '../../ui/details'
import { Card, Note } from '../../ui/page'
import { Empty } from '../../ui/state'

/** Which message changed what. */
export function RecordHistory({ history: { entries, dropped } }: { history: History }): ReactNode {
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
