import type { ReactNode } from 'react'
import type { Attempt, MappingTrace, RequestView } from '../../server/api'
import { formatDuration } from '../data/format'
import { Code, JsonCode } from './code'
import { Time } from './details'
import { Fold, Step } from './steps'
import styles from './steps.module.css'

interface AttemptStepProps {
  mapping: MappingTrace
  attempt: Attempt
  index: number
}

/** One attempt, and the wait after it. */
export function AttemptStep({ mapping, attempt, index }: AttemptStepProps): ReactNode {
  const { attempts, nextAttemptAt } = mapping
  const { error, wait } = attempt
  const isRetried = wait !== undefined || nextAttemptAt !== undefined
  return (
    <Step
      title={attempts.length > 1 || isRetried ? `Attempt ${index + 1}` : 'Attempt'}
      tone={error === undefined ? 'good' : isRetried ? 'warn' : 'bad'}
      summary={
        <>
          <span dir="auto">{error?.message ?? 'Delivered'}</span>
          <span className={styles.facts}>
            <AttemptFacts {...{ mapping, attempt, index }} />
          </span>
        </>
      }
    >
      <AttemptView attempt={attempt} isLast={index === attempts.length - 1} isBatch={mapping.batch !== undefined} />
    </Step>
  )
}

function AttemptFacts({ mapping: { attempts, batch, nextAttemptAt }, attempt, index }: AttemptStepProps): ReactNode {
  const { startedAt, duration, wait } = attempt
  const isLast = index === attempts.length - 1
  return (
    <>
      <span>
        <Time at={startedAt} />, took {formatDuration(duration)}
      </span>
      {batch && (
        <span>
          Message {batch.index + 1} of a batch of {batch.size}
        </span>
      )}
      {isLast && nextAttemptAt !== undefined ? (
        <span>
          Next attempt at <Time at={nextAttemptAt} />
        </span>
      ) : (
        wait !== undefined && <span>Waited {formatDuration(wait)} before the next attempt</span>
      )}
    </>
  )
}

/** "Request to Destination" and "Response from Destination", as Segment's Event Delivery calls them. */
function AttemptView({ attempt, isLast, isBatch }: { attempt: Attempt; isLast: boolean; isBatch: boolean }): ReactNode {
  const { request, response, duration, error } = attempt
  return (
    <>
      {request && (
        // A batch holds up to a thousand messages.
        <Fold title="Request to Destination" isOpen={isLast && !isBatch}>
          <RequestView request={request} />
        </Fold>
      )}
      {response ? (
        <Fold
          title={`Response from Destination: ${response.status}, ${formatDuration(duration)}`}
          isOpen={isLast || error !== undefined}
        >
          <div className={styles.http}>
            {response.body !== '' && response.body !== null && (
              <JsonCode label="Body of the response" value={response.body} />
            )}
            <Headers label="Headers of the response" headers={response.headers} />
          </div>
        </Fold>
      ) : (
        <p className={styles.summary}>No response from Destination</p>
      )}
    </>
  )
}

export function RequestView({ request: { method, url, headers, body } }: { request: RequestView }): ReactNode {
  return (
    <div className={styles.http}>
      <p className={styles.line}>
        <code>
          {method} {url}
        </code>
      </p>
      <JsonCode label="Body of the request" value={body} />
      <Headers label="Headers of the request" headers={headers} />
    </div>
  )
}

function Headers({ label, headers }: { label: string; headers: Record<string, string> }): ReactNode {
  return (
    <Fold title="Headers">
      <Code label={label}>
        {Object.entries(headers)
          .map(([name, value]) => `${name}: ${value}`)
          .join('\n')}
      </Code>
    </Fold>
  )
}
