import type { ReactNode } from 'react'
import type { MessageOutcome } from '../../server/api'
import styles from './badge.module.css'

export type Tone = 'good' | 'bad' | 'warn' | 'info' | 'idle'

const OUTCOMES: Record<MessageOutcome, { label: string; tone: Tone }> = {
  pending: { label: 'Pending', tone: 'info' },
  delivered: { label: 'Delivered', tone: 'good' },
  rejected: { label: 'Rejected', tone: 'bad' },
  failed: { label: 'Failed', tone: 'bad' },
  filtered: { label: 'Filtered', tone: 'idle' },
  'not subscribed': { label: 'Not subscribed', tone: 'idle' },
  'no destination': { label: 'No destination', tone: 'idle' },
  dropped: { label: 'Dropped', tone: 'warn' },
  refused: { label: 'Refused', tone: 'warn' },
  'queue full': { label: 'Queue full', tone: 'warn' }
}

export const OUTCOME_CHOICES = Object.entries(OUTCOMES).map(([value, { label }]) => ({ value, label }))

export const outcomeLabel = (outcome: MessageOutcome): string => OUTCOMES[outcome].label

export const outcomeTone = (outcome: MessageOutcome): Tone => OUTCOMES[outcome].tone

/** The same wherever an outcome is shown. */
export const outcomeColor = (outcome: MessageOutcome): string => `var(--${outcome.replace(' ', '-')})`

export function Badge({ tone = 'idle', children }: { tone?: Tone; children: ReactNode }): ReactNode {
  return (
    <span className={styles.badge} data-tone={tone}>
      {children}
    </span>
  )
}

export function OutcomeBadge({ outcome }: { outcome: MessageOutcome }): ReactNode {
  const { label, tone } = OUTCOMES[outcome]
  return (
    <Badge tone={tone}>
      <span className={styles.dot} style={{ background: outcomeColor(outcome) }} aria-hidden="true" />
      {label}
    </Badge>
  )
}

/** A colour that stands beside its meaning in words. */
export function Dot({ tone }: { tone: Tone }): ReactNode {
  return <span className={styles.dot} data-tone={tone} aria-hidden="true" />
}

/** The type of a call, such as `track`. */
export function CallType({ type }: { type: string }): ReactNode {
  return <span className={styles.type}>{type}</span>
}
