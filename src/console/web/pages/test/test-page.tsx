import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useDeferredValue, useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { Link } from 'wouter'
import type { Json, JsonObject, Preview } from '../../../server/api'
import { useQueryText } from '../../data/address'
import { call } from '../../../client/call'
import type { ApiError } from '../../../client/call'
import { useApi, useChange } from '../../data/use-api'
import { OutcomeBadge } from '../../ui/badge'
import { Button } from '../../ui/button'
import { DeliverySteps } from '../../ui/delivery-steps'
import { ForDestination } from '../../ui/for-destination'
import { FormActions } from '../../ui/form'
import { Card, Note, Page } from '../../ui/page'
import { StartFrom } from '../../ui/start-from'
import { Banner, Empty, Loaded } from '../../ui/state'
import type { JsonEditorProps } from './code-mirror'
import styles from './test-page.module.css'

export function TestPage(): ReactNode {
  return (
    <Page
      title="Test"
      lead="Write an event and see what each mapping makes of it, while you type. Nothing is sent until you send it."
    >
      <ForDestination>{(id) => <TestBench key={id} destinationId={id} />}</ForDestination>
    </Page>
  )
}

/** An editor on one side, and what would become of the event on the other. */
export function TestBench({ destinationId }: { destinationId: string }): ReactNode {
  const [written, setWritten] = useState<string>()
  const [messageId] = useQueryText('message')
  const start = useApi('GET /api/messages/:id', { params: { id: messageId } }, { isEnabled: messageId !== '' })
  const send = useChange('POST /api/destinations/:id/test')
  const text = written ?? (start.data ? formatted(withoutIds(start.data.event)) : FIRST_EVENT)
  const { events, problem } = parseEvents(text)
  const canSend = events.length > 0 && !send.isPending
  const sendEvents = () => send.mutate({ params: { id: destinationId }, body: { events, as: 'single' } })

  /** Before the editor, which would add a line. */
  function sendByKey(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      event.stopPropagation()
      if (canSend) {
        sendEvents()
      }
    }
  }

  return (
    <div className={styles.bench} onKeyDownCapture={sendByKey}>
      <div className={styles.column}>
        <Card title="Event" aside={<StartFrom onChoose={(event) => setWritten(formatted(withoutIds(event)))} />}>
          <JsonEditor label="Event as JSON" text={text} onChange={setWritten} />
          <Note>
            Write an array of events to send several. Segment adds messageId and timestamps if they are missing.
            Ctrl+Enter sends.
          </Note>
          {send.error && <Banner kind="bad">{send.error.message}</Banner>}
          <FormActions>
            {events.length > 1 && (
              <Button
                disabled={send.isPending}
                onClick={() => send.mutate({ params: { id: destinationId }, body: { events, as: 'batch' } })}
              >
                Send as a batch of {events.length}
              </Button>
            )}
            <Button
              look="primary"
              disabled={!canSend}
              aria-keyshortcuts="Control+Enter"
              title="Ctrl+Enter"
              onClick={sendEvents}
            >
              {events.length > 1 ? `Send ${events.length} events` : 'Send event'}
            </Button>
          </FormActions>
        </Card>
        {send.data && <SentMessages ids={send.data.ids} />}
      </div>
      <div className={styles.column}>
        <PreviewCard destinationId={destinationId} event={events[0]} problem={problem} />
      </div>
    </div>
  )
}

/** The seed's first call, to start with. */
const FIRST_EVENT = formatted({
  type: 'identify',
  userId: 'userId123',
  traits: { email: 'john.doe@example.com' }
})

/** A message that is sent again needs an ID of its own: the same one counts once. */
function withoutIds(event: JsonObject): JsonObject {
  const {
    messageId: _messageId,
    receivedAt: _receivedAt,
    sentAt: _sentAt,
    originalTimestamp: _original,
    ...rest
  } = event
  return rest
}

function formatted(event: JsonObject): string {
  return JSON.stringify(event, undefined, 2)
}

/** A result for each event that was sent, which changes until it is final. */
function SentMessages({ ids }: { ids: string[] }): ReactNode {
  return (
    <Card title="Sent" isFlush>
      <ul>
        {ids.map((id) => (
          <SentMessage key={id} id={id} />
        ))}
      </ul>
    </Card>
  )
}

function SentMessage({ id }: { id: string }): ReactNode {
  const message = useApi('GET /api/messages/:id', { params: { id } })
  return (
    <li className={styles.sent}>
      <Loaded query={message}>
        {({ outcome, title, sentence }) => (
          <>
            <OutcomeBadge outcome={outcome} />
            <span className={styles.sentence}>
              <Link href={`/messages/${encodeURIComponent(id)}`}>
                <bdi>{title}</bdi>
              </Link>
              <br />
              <span dir="auto">{sentence}</span>
            </span>
          </>
        )}
      </Loaded>
    </li>
  )
}

interface PreviewCardProps {
  destinationId: string
  /** Absent while the text is not valid. */
  event: JsonObject | undefined
  problem: string | undefined
}

/** What the event would do under each mapping. Nothing is sent. */
function PreviewCard({ destinationId, event, problem }: PreviewCardProps): ReactNode {
  const text = useDeferredValue(JSON.stringify(event))
  const preview = useQuery<Preview, ApiError>({
    queryKey: ['mappings', 'preview', destinationId, text],
    queryFn: ({ signal }) =>
      call('POST /api/destinations/:id/preview', {
        params: { id: destinationId },
        body: { event: JSON.parse(text) as JsonObject },
        signal
      }),
    enabled: text !== undefined,
    placeholderData: keepPreviousData,
    gcTime: 10_000
  })
  return (
    <Card title="Preview">
      {problem !== undefined ? (
        <Empty title="No preview">{problem}</Empty>
      ) : (
        <Loaded query={preview}>
          {(value) => (
            <>
              <Banner kind={value.mappings.some(({ matches }) => matches === 'yes') ? 'info' : 'idle'}>
                <strong>{value.sentence}</strong>
              </Banner>
              <DeliverySteps delivery={value} />
            </>
          )}
        </Loaded>
      )}
    </Card>
  )
}

const CodeMirror = lazy(() => import('./code-mirror'))

/** The editor is loaded when a page shows it, because it is larger than all the rest. */
function JsonEditor(props: JsonEditorProps): ReactNode {
  return (
    <Suspense fallback={<div className={styles.loading}>Loading the editor …</div>}>
      <CodeMirror {...props} />
    </Suspense>
  )
}

interface ParsedEvents {
  events: JsonObject[]
  /** Why there are none. */
  problem?: string
}

/** One event, or an array of them. */
function parseEvents(text: string): ParsedEvents {
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch (error) {
    return { events: [], problem: `This is not valid JSON yet: ${(error as SyntaxError).message}` }
  }
  const events = Array.isArray(value) ? value : [value]
  return events.every(isObject) && events.length > 0
    ? { events }
    : { events: [], problem: 'Write an event, which is a JSON object, or an array of events.' }
}

function isObject(value: Json): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
