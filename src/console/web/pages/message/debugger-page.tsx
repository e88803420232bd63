import { useState } from 'react'
import type { ReactNode } from 'react'
import type { MessageSummary, Outcome } from '../../../server/api'
import { useQueryText } from '../../data/address'
import { useApi } from '../../data/use-api'
import { useIsReading } from '../../data/use-is-reading'
import { useLiveList } from '../../data/use-live-list'
import { CallType, OUTCOME_CHOICES, OutcomeBadge } from '../../ui/badge'
import { Button, ButtonLink } from '../../ui/button'
import { SearchField, Select } from '../../ui/field'
import { Toolbar } from '../../ui/form'
import { Icon } from '../../ui/icons'
import { LiveList, RowTime, RowTitle } from '../../ui/live-list'
import { Card, Page } from '../../ui/page'
import { Empty } from '../../ui/state'
import styles from './debugger-page.module.css'

export function DebuggerPage(): ReactNode {
  return (
    <Page
      title="Debugger"
      lead="Every message that the sources received, the newest first, and what became of it."
      actions={<ButtonLink to="/test">Send a test event</ButtonLink>}
    >
      <MessageList />
    </Page>
  )
}

/** The debugger of one source, or of all of them. */
export function MessageList({ source }: { source?: string }): ReactNode {
  const [search, deferredSearch, setSearch] = useQueryText('search')
  const [type, , setType] = useQueryText('type')
  const [outcome, , setOutcome] = useQueryText('outcome')
  const [destination, , setDestination] = useQueryText('destination')
  const destinations = useApi('GET /api/destinations', {})
  const [isPaused, setIsPaused] = useState(false)
  const isReading = useIsReading()
  const list = useLiveList('GET /api/messages', {
    topic: 'messages',
    query: { source, search: deferredSearch, type, outcome: outcome as Outcome, destination },
    isHeld: isPaused || isReading
  })
  const isFiltered = [search, type, outcome, destination].some((filter) => filter !== '')
  const hasDestinations = destination !== '' || (destinations.data ?? []).length > 1
  return (
    <Card isFlush>
      <Toolbar>
        <SearchField label="Search messages" value={search} onSearch={setSearch} />
        <Select aria-label="Type" value={type} onChoose={setType} choices={TYPES} />
        <Select aria-label="Outcome" value={outcome} onChoose={setOutcome} choices={OUTCOMES} />
        {hasDestinations && (
          <Select
            aria-label="Destination"
            value={destination}
            onChoose={setDestination}
            choices={[
              { value: '', label: 'All destinations' },
              ...(destinations.data ?? []).map(({ id, name }) => ({ value: id, label: name }))
            ]}
          />
        )}
        <Button aria-pressed={isPaused} onClick={() => setIsPaused(!isPaused)}>
          <Icon name={isPaused ? 'play' : 'pause'} />
          <span className={styles.pause}>{isPaused ? 'Resume' : 'Pause'}</span>
        </Button>
      </Toolbar>
      <LiveList
        label="Messages"
        list={list}
        noun="messages"
        columns="124px 76px minmax(0, 1.1fr) minmax(0, 1.4fr) 136px"
        narrowColumns="124px minmax(0, 1fr) fit-content(50%)"
        keyOf={({ id }) => id}
        linkOf={({ id }) => `/messages/${encodeURIComponent(id)}`}
        cellsOf={(message) => <Cells message={message} />}
        empty={
          isFiltered ? (
            <Empty title="No message matches">Change the search or the filters.</Empty>
          ) : (
            <NoMessages source={source} />
          )
        }
      />
    </Card>
  )
}

function NoMessages({ source }: { source: string | undefined }): ReactNode {
  const page = source === undefined ? '/connections/sources' : `/connections/sources/${encodeURIComponent(source)}`
  return (
    <Empty
      title="No messages yet"
      actions={
        <>
          <ButtonLink to={page} look="primary">
            Connect a client
          </ButtonLink>
          <ButtonLink to="/test">Send a test event</ButtonLink>
        </>
      }
    >
      The page of a source has the code for each client. What it sends appears here at once.
    </Empty>
  )
}

function Cells({ message }: { message: MessageSummary }): ReactNode {
  const { outcome, type, title, user, reason, origin, receivedAt } = message
  const details = [reason ?? (user === title ? undefined : user), ORIGINS[origin]]
  return (
    <>
      <OutcomeBadge outcome={outcome} />
      <CallType type={type} />
      <RowTitle>{title}</RowTitle>
      <span className={styles.detail}>
        <bdi title={reason}>{details.filter((detail) => detail !== undefined).join(' · ')}</bdi>
      </span>
      <RowTime at={receivedAt} />
    </>
  )
}

/** What a client has sent needs no mention. */
const ORIGINS: Record<MessageSummary['origin'], string | undefined> = {
  client: undefined,
  test: 'Test page',
  'sent again': 'Sent again',
  engage: 'Engage'
}

const TYPES = [
  { value: '', label: 'All types' },
  ...['identify', 'group', 'track', 'page', 'screen', 'alias'].map((type) => ({ value: type, label: type }))
]

const OUTCOMES = [{ value: '', label: 'All outcomes' }, ...OUTCOME_CHOICES]
