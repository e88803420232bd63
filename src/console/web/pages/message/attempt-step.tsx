import type { ReactNode } from 'react'
import type { Attempt, MappingTrace } from '../../../server/api'
import { formatDuration } from '../../data/format'
import { Time } from '../../ui/details'
import { AttemptView } from './attempt-view'
import { Step } from './steps'
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
      <AttemptView attempt={attempt} />
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
