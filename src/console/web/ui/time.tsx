import type { ReactNode } from 'react'
import type { Instant } from '../../server/api'

/** The time, with the exact one on demand. */
export function Time({ at }: { at: Instant }): ReactNode {
  return (
    <time dateTime={at} title={at} style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
      {formatInstant(at)}
    </time>
  )
}

/** The time today, otherwise the day and the time. */
export function formatInstant(instant: Instant, now = new Date()): string {
  const date = new Date(instant)
  const isToday = date.toDateString() === now.toDateString()
  return isToday ? CLOCK.format(date) : `${DAY.format(date)}, ${CLOCK.format(date)}`
}

const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
