import { useState } from 'react'
import type { ReactNode } from 'react'
import { Redirect } from 'wouter'
import type { MessageSummary, MessageOutcome } from '../../../server/api'
import { useQueryText } from '../../data/address'
import { useApi, useChange } from '../../data/use-api'
import { useIsReading } from '../../data/use-is-reading'
import { useLiveList } from '../../data/use-live-list'
import { CallType, OUTCOME_CHOICES, OutcomeBadge } from '../../ui/badge'
import { Button, ButtonLink } from '../../ui/button'
import { ConfirmDialog } from '../../ui/dialog'
import { SearchField, Select } from '../../ui/field'
import { Toolbar } from '../../ui/form'
import { Icon } from '../../ui/icons'
import { LiveList, RowTime, RowTitle } from '../../ui/live-list'
import { Card, Page } from '../../ui/page'
import { Empty } from '../../ui/state'
import { useToast } from '../../ui/toasts'
import styles from './debugger-page.module.css'
import { MessagePane } from './message-pane'
import { useRoomBeside, useSelection, useSteps } from './selection'

export function DebuggerPage(): ReactNode {
  return (
    <Page
      title="Debugger"
      lead="Every message that the sources received, the newest first, and what became of it."
      isWide
      actions={
        <>
          <ClearButton />
          <ButtonLink to="/test">Send a test event</ButtonLink>
        </>
      }
    >
      <MessageList />
    </Page>
  )
}

/** The debugger of one source, or of all of them. On a wide screen, a message is shown beside the list. */
export function MessageList({ source }: { source?: string }): ReactNode {
  const [search, deferredSearch, setSearch] = useQueryText('search')
  const [type, , setType] = useQueryText('type')
  const [outcome, , setOutcome] = useQueryText('outcome')
  const [destination, , setDestination] = useQueryText('destination')
  const destinations = useApi('GET /api/destinations', {})
  const [isPaused, setIsPaused] = useState(false)
  const isReading = useIsReading()
  const [element, hasRoom] = useRoomBeside()
  const selection = useSelection()
  const { selected, hrefOf } = selection
  const list = useLiveList('GET /api/messages', {
    topic: 'messages',
    query: { source, search: deferredSearch, type, outcome: outcome as MessageOutcome, destination },
    // What is beside the list has its place in it.
    isHeld: isPaused || isReading || selected !== undefined,
    updated: (message, messages) => messages.find(({ id }) => id === message.id) ?? message
  })
  const isFiltered = [search, type, outcome, destination].some((filter) => filter !== '')
  const hasDestinations = destination !== '' || (destinations.data ?? []).length > 1
  const steps = useSteps(list.items, selection, hasRoom === true)
  const isBeside = hasRoom === true && selected !== undefined
  if (selected !== undefined && hasRoom === false) {
    return <Redirect to={pageOf(selected)} replace />
  }
  return (
    <div ref={element} className={styles.debugger} data-has-message={isBeside}>
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
          columns={isBeside ? '124px minmax(0, 1fr) 68px' : '124px 76px minmax(0, 1.1fr) minmax(0, 1.4fr) 136px'}
          headings={isBeside ? ['Outcome', null, 'Received'] : ['Outcome', 'Type', null, 'User or reason', 'Received']}
          selected={selected}
          narrowColumns="auto auto minmax(0, 1fr) auto"
          keyOf={({ id }) => id}
          linkOf={({ id }) => (hasRoom ? hrefOf(id) : pageOf(id))}
          cellsOf={(message) => <Cells message={message} isBrief={isBeside} />}
          empty={
            isFiltered ? (
              <Empty title="No message matches">Change the search or the filters.</Empty>
            ) : (
              <NoMessages source={source} />
            )
          }
        />
      </Card>
      {isBeside && <MessagePane key={selected} id={selected} page={pageOf(selected)} steps={steps} />}
    </div>
  )
}

const pageOf = (id: string): string => `/messages/${encodeURIComponent(id)}`

function ClearButton(): ReactNode {
  const { select } = useSelection()
  const [isAsking, setIsAsking] = useState(false)
  const clear = useChange('DELETE /api/messages')
  const toast = useToast()

  function clearMessages(): void {
    const onError = (error: Error) => toast(error.message, 'bad')
    clear.mutate({}, { onSuccess: () => select(undefined), onError })
  }

  return (
    <>
      <Button disabled={clear.isPending} onClick={() => setIsAsking(true)}>
        <Icon name="trash" />
        Clear
      </Button>
      {isAsking && (
        <ConfirmDialog
          title="Clear all messages?"
          description="The console forgets the messages of all sources. Users, Accounts and events stay."
          action="Clear messages"
          onConfirm={clearMessages}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
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

function Cells({ message, isBrief }: { message: MessageSummary; isBrief: boolean }): ReactNode {
  const { outcome, type, title, user, reason, origin, receivedAt } = message
  const details = [reason ?? (user === title ? undefined : user), ORIGINS[origin]]
  return (
    <>
      <OutcomeBadge outcome={outcome} />
      {!isBrief && <CallType type={type} />}
      <RowTitle>{title}</RowTitle>
      {!isBrief && (
        <span className={styles.detail}>
          <bdi title={reason}>{details.filter((detail) => detail !== undefined).join(' · ')}</bdi>
        </span>
      )}
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
