import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useApi } from '../../data/use-api'
import { OutcomeBadge } from '../../ui/badge'
import { IconButton } from '../../ui/button'
import { Icon } from '../../ui/icons'
import { Card } from '../../ui/page'
import { Empty, Loaded } from '../../ui/state'
import styles from './debugger-page.module.css'
import { MessageActions } from './message-page'
import { MessageView } from './message-view'
import type { Steps } from './selection'

interface MessagePaneProps {
  id: string
  /** The address of the message alone. */
  page: string
  steps: Steps
}

/** A message beside the list that it was chosen from. */
export function MessagePane({ id, page, steps: { previous, next, close } }: MessagePaneProps): ReactNode {
  const message = useApi('GET /api/messages/:id', { params: { id } })
  const missing = (
    <Card>
      <Empty title="The console does not have this message">
        It keeps a limited number and forgets everything when it stops.
      </Empty>
    </Card>
  )
  return (
    <section className={styles.pane} aria-label="Message">
      <div className={styles.paneHeading}>
        <h2>
          <bdi>{message.data?.title}</bdi>
        </h2>
        {message.data && <OutcomeBadge outcome={message.data.outcome} />}
        <div className={styles.paneSteps}>
          <Link href={page}>Open page</Link>
          <IconButton label="Previous message" disabled={!previous} onClick={previous}>
            <Icon name="arrowUp" />
          </IconButton>
          <IconButton label="Next message" disabled={!next} onClick={next}>
            <Icon name="arrowDown" />
          </IconButton>
          <IconButton label="Close message" onClick={close}>
            <Icon name="close" />
          </IconButton>
        </div>
      </div>
      <Loaded query={message} missing={missing}>
        {(value) => (
          <>
            <div className={styles.paneActions}>
              <MessageActions message={value} />
            </div>
            <MessageView message={value} />
          </>
        )}
      </Loaded>
    </section>
  )
}
