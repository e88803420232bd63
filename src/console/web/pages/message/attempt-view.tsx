import type { ReactNode } from 'react'
import type { Attempt, RequestTrace } from '../../../server/api'
import { formatDuration } from '../../data/format'
import { Code, JsonCode } from '../../ui/code'
import { Fold } from './steps'
import styles from './steps.module.css'

/** "Request to Destination" and "Response from Destination", as Segment's Event Delivery calls them. */
export function AttemptView({ attempt: { request, response, duration, error } }: { attempt: Attempt }): ReactNode {
  return (
    <>
      {request && (
        <Fold title="Request to Destination">
          <RequestView request={request} />
        </Fold>
      )}
      {response ? (
        <Fold
          title={`Response from Destination: ${response.status}, ${formatDuration(duration)}`}
          isOpen={error !== undefined}
        >
          <div className={styles.http}>
            {response.body !== '' && response.body !== null && (
              <JsonCode label="Body of the response" value={response.body} />
            )}
            <Code label="Headers of the response">{headerLines(response.headers)}</Code>
          </div>
        </Fold>
      ) : (
        <p className={styles.summary}>No response from Destination</p>
      )}
    </>
  )
}

export function RequestView({ request: { method, url, headers, body } }: { request: RequestTrace }): ReactNode {
  return (
    <div className={styles.http}>
      <p className={styles.line}>
        <code>
          {method} {url}
        </code>
      </p>
      <Code label="Headers of the request">{headerLines(headers)}</Code>
      <JsonCode label="Body of the request" value={body} />
    </div>
  )
}

function headerLines(headers: Record<string, string>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
}
