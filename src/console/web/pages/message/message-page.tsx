import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import type { Change, Delivery, ExportFormat, MessageDetail } from '../../../server/api'
import { usePathValue } from '../../data/address'
import { call } from '../../../client/call'
import { formatNumber } from '../../data/format'
import { useApi, useChange } from '../../data/use-api'
import { OutcomeBadge, outcomeTone } from '../../ui/badge'
import type { Tone } from '../../ui/badge'
import { Button } from '../../ui/button'
import { JsonCode } from '../../ui/code'
import { DeliverySteps, Hints } from '../../ui/delivery-steps'
import { CopyButton } from '../../ui/copy-button'
import { Details, Table, Time } from '../../ui/details'
import { Card, MissingRecord, Page } from '../../ui/page'
import { Banner, Loaded } from '../../ui/state'
import { Fold } from '../../ui/steps'
import { useToast } from '../../ui/toasts'

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
          actions={message.outcome === 'refused' ? undefined : <MessageActions message={message} />}
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
  const { receivedAt, source, messageId, enriched, hints, event, origin, type, outcome } = message
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
      <Hints hints={hints} />
      <Fold title={outcome === 'refused' ? 'Request' : 'Event'}>
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

/** Send again, edit and send, and the ways to take the message along. */
function MessageActions({ message: { id } }: { message: MessageDetail }): ReactNode {
  const [, navigate] = useLocation()
  const send = useChange('POST /api/messages/:id/send')
  const toast = useToast()

  function sendAgain(): void {
    send.mutate(
      { params: { id } },
      {
        onSuccess: ({ ids: [sent] }) => sent && navigate(`/messages/${encodeURIComponent(sent)}`),
        onError: (error) => toast(error.message, 'bad')
      }
    )
  }

  async function saveFixture(): Promise<void> {
    const { text, fileName } = await exportOf(id, 'fixture')
    const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
    const link = document.createElement('a')
    link.href = url
    link.download = fileName
    link.click()
    URL.revokeObjectURL(url)
  }

  return (
    <>
      <Button look="primary" disabled={send.isPending} onClick={sendAgain}>
        Send again
      </Button>
      <Button onClick={() => navigate(`/test?message=${encodeURIComponent(id)}`)}>Edit and send</Button>
      <CopyButton label="Copy as curl" text={async () => (await exportOf(id, 'curl')).text} />
      <CopyButton label="Copy as Node code" text={async () => (await exportOf(id, 'node')).text} />
      <Button onClick={() => void saveFixture().catch((error: Error) => toast(error.message, 'bad'))}>
        Save as fixture
      </Button>
    </>
  )
}

function exportOf(id: string, format: ExportFormat) {
  return call('GET /api/messages/:id/export', { params: { id }, query: { format } })
}

/** What one destination made of the message, step by step. */
function DeliveryCard({ delivery }: { delivery: Delivery }): ReactNode {
  const { destination, outcome } = delivery
  return (
    <Card title={destination.name} aside={<OutcomeBadge outcome={outcome} />}>
      <DeliverySteps delivery={delivery} />
      <Link href={`/connections/destinations/${encodeURIComponent(destination.id)}/mappings`}>Open mappings</Link>
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
