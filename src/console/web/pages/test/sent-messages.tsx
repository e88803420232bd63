import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useApi } from '../../data/use-api'
import { OutcomeBadge } from '../../ui/badge'
import { Card } from '../../ui/page'
import { Loaded } from '../../ui/state'
import styles from './test.module.css'

/** A result for each event that was sent, which changes until it is final. */
export function SentMessages({ ids }: { ids: string[] }): ReactNode {
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
