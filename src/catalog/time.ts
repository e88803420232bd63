import { isoTimestamp } from '../destinations/astrolabe/timestamp'

/** A date, or a date and time with any number of decimals and an optional zone. */
const ISO_8601 = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(:\d{2}(?:[.,]\d+)?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/

/**
 * The time that the destination sends for a value: ISO 8601, a Unix time, or a form that it converts to ISO 8601. A time
 * without a zone is UTC.
 *
 * @returns milliseconds since 1970, or undefined if the value has no single meaning or is no date of the calendar
 */
export function timeOf(value: unknown): number | undefined {
  const text = typeof value === 'number' || typeof value === 'string' ? isoTimestamp(String(value)) : undefined
  const [, date, time = '00:00', seconds = ':00', zone = 'Z'] = ISO_8601.exec(text ?? '') ?? []
  if (!date || !isInCalendar(date)) {
    return undefined
  }
  const offset = zone.replace(
    /^([+-]\d{2}):?(\d{2})?$/,
    (_zone, hours: string, minutes = '00') => `${hours}:${minutes}`
  )
  const milliseconds = Date.parse(`${date}T${time}${seconds.replace(',', '.')}${offset}`)
  return Number.isNaN(milliseconds) ? undefined : milliseconds
}

/** Date.parse takes 31 June for 1 July. */
function isInCalendar(date: string): boolean {
  const midnight = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(date)
}
