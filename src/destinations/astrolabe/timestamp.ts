import { PayloadValidationError } from '@segment/actions-core'

const ISO_8601 = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/

/** As warehouses write it. What names no zone is UTC, wherever this runs. */
const SQL = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(Z|UTC|[+-]\d{2}(?::?\d{2})?)?$/

/** As e-mail, HTTP and JavaScript write it, zone included: without one it would mean another time on each machine. */
const WRITTEN_OUT = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b.*\d{4}.*(GMT|UTC|[+-]\d{4})/

const UNIX_TIME = /^-?\d+(\.\d+)?$/

/**
 * A date as ISO 8601. What is ISO 8601 already stays to the letter, so that nanoseconds survive. A number counts as Unix
 * time: in seconds up to the year 5138, beyond that in milliseconds.
 *
 * @param label the field's, for the error
 * @returns undefined where there is no date
 * @throws PayloadValidationError where it is no date, rather than to guess one
 */
export function isoTimestamp(label: string, value: string | number | undefined): string | undefined {
  if (value === undefined || value === '') {
    return undefined
  }
  const iso = typeof value === 'string' && !UNIX_TIME.test(value) ? fromText(value) : fromUnixTime(Number(value))
  if (iso === undefined) {
    throw new PayloadValidationError(
      `${label} is not a date that can be read. Map it to an ISO 8601 date, such as 2024-01-31T12:00:00Z, or to a Unix time in seconds or milliseconds.`
    )
  }
  return iso
}

function fromText(text: string): string | undefined {
  if (WRITTEN_OUT.test(text)) {
    return fromUnixTime(Date.parse(text) / 1000)
  }
  const iso = text.replace(
    SQL,
    (_sql, date: string, time: string, zone: string = 'Z') => `${date}T${time}${isoZone(zone)}`
  )
  const [, day] = ISO_8601.exec(iso) ?? []
  return day && isDay(day) && !isNaN(Date.parse(iso)) ? iso : undefined
}

function isoZone(zone: string): string {
  return zone === 'UTC' ? 'Z' : zone.replace(/^[+-]\d{2}$/, '$&:00')
}

/** JavaScript takes the 30th of February for the 1st of March. */
function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`)
  return !isNaN(date.getTime()) && date.toISOString().startsWith(day)
}

function fromUnixTime(time: number): string | undefined {
  const date = new Date(Math.abs(time) < 1e11 ? time * 1000 : time)
  const year = date.getUTCFullYear()
  return year >= 0 && year <= 9999 ? date.toISOString() : undefined
}
