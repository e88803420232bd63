import type { ReactNode } from 'react'
import type { Connector } from '../../../server/api'
import { useIsReading } from '../../data/use-is-reading'
import { useLiveList } from '../../data/use-live-list'
import { CallType } from '../../ui/badge'
import { LiveList, RowTime, Secondary } from '../../ui/live-list'
import { Card } from '../../ui/page'
import { Empty } from '../../ui/state'

/** Messages that the choice on free email providers has blocked: nothing vanishes. */
export function BlockedList({ connector: { id, freeEmailProviders } }: { connector: Connector }): ReactNode {
  const isHeld = useIsReading()
  const list = useLiveList('GET /api/connectors/:id/blocked', {
    topic: 'connectors',
    params: { id },
    query: {},
    isHeld
  })
  return (
    <Card title="Blocked messages" isFlush>
      <LiveList
        label="Blocked messages"
        list={list}
        noun="blocked messages"
        columns="84px minmax(0, 1fr) minmax(0, 1fr) 150px"
        narrowColumns="minmax(0, 1fr) fit-content(50%)"
        keyOf={({ at, messageId }) => `${messageId} ${at}`}
        linkOf={({ messageId }) => `/messages/by-message-id/${encodeURIComponent(messageId ?? '')}`}
        cellsOf={({ at, type, user, provider }) => (
          <>
            <CallType type={type} />
            <bdi>{user}</bdi>
            <Secondary>{provider}</Secondary>
            <RowTime at={at} />
          </>
        )}
        empty={
          <Empty title="Nothing was blocked">
            {freeEmailProviders === 'allow'
              ? 'Users with free email providers are allowed. Choose “Block” above to see their messages here.'
              : 'Messages of Users with addresses such as name@gmail.com will be listed here.'}
          </Empty>
        }
      />
    </Card>
  )
}
