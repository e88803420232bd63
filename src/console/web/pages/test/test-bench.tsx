import { useState } from 'react'
import type { ReactNode } from 'react'
import type { JsonObject } from '../../../server/api'
import { useQueryText } from '../../data/address'
import { useApi, useChange } from '../../data/use-api'
import { JsonEditor } from '../../editor/json-editor'
import { Button } from '../../ui/button'
import { FormActions } from '../../ui/form'
import { Card, Note } from '../../ui/page'
import { StartFrom } from '../../ui/start-from'
import { Banner } from '../../ui/state'
import { parseEvents } from './parse-events'
import { PreviewCard } from './preview-card'
import { SentMessages } from './sent-messages'
import styles from './test.module.css'

/** An editor on one side, and what would become of the event on the other. */
export function TestBench({ destinationId }: { destinationId: string }): ReactNode {
  const [written, setWritten] = useState<string>()
  const [messageId] = useQueryText('message')
  const start = useApi('GET /api/messages/:id', { params: { id: messageId } }, { isEnabled: messageId !== '' })
  const send = useChange('POST /api/destinations/:id/test')
  const text = written ?? (start.data ? formatted(withoutIds(start.data.event)) : FIRST_EVENT)
  const { events, problem } = parseEvents(text)

  return (
    <div className={styles.bench}>
      <div className={styles.column}>
        <Card title="Event" aside={<StartFrom onChoose={(event) => setWritten(formatted(withoutIds(event)))} />}>
          <JsonEditor label="Event as JSON" text={text} onChange={setWritten} />
          <Note>
            Write an array of events to send several. Segment adds messageId and timestamps if they are missing.
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
              disabled={events.length === 0 || send.isPending}
              onClick={() => send.mutate({ params: { id: destinationId }, body: { events, as: 'single' } })}
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
