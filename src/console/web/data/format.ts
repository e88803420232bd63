import type { Instant } from '../../server/api'

const NUMBER = new Intl.NumberFormat('en')
const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })
const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

/** 1234 is "1,234". */
export const formatNumber = (value: number): string => NUMBER.format(value)

/** 12345 is "12.3K". */
export const formatCompact = (value: number): string => COMPACT.format(value)

/** "3 Users", "1 User". */
export const formatCount = (count: number, noun: string, plural = `${noun}s`): string =>
  `${formatNumber(count)} ${count === 1 ? noun : plural}`

/** Milliseconds as "340 ms", "1.25 s", "2 min" or "2 min 5 s". */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1_000) {
    return `${Math.round(milliseconds)} ms`
  }
  const seconds = milliseconds / 1_000
  if (seconds < 60) {
    return `${Number(seconds.toFixed(2))} s`
  }
  const [minutes, rest] = [Math.floor(seconds / 60), Math.round(seconds % 60)]
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`
}

/** The time today, otherwise the day and the time. */
export function formatInstant(instant: Instant, now = new Date()): string {
  const date = new Date(instant)
  const isToday = date.toDateString() === now.toDateString()
  return isToday ? CLOCK.format(date) : `${DAY.format(date)}, ${CLOCK.format(date)}`
}
