/** What needs no conversion, as nearly all dates from Segment do not. */
const ISO_8601 = /^\d{4}-\d{2}-\d{2}T/

/** As warehouses write it. What names no zone is UTC, wherever this runs. */
const SQL = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(Z|UTC|[+-]\d{2}(?::?\d{2})?)?$/

/** As e-mail, HTTP and JavaScript write it, zone included: without one it would mean another time on each machine. */
const WRITTEN_OUT = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b.*\d{4}.*(GMT|UTC|[+-]\d{4})/

/** Characters, more than any date has. To look for one in a long text would take its length squared. */
const LONGEST = 100

const UNIX_TIME = /^-?\d+(\.\d+)?$/

/**
 * A date as ISO 8601, where it can be read for sure. A number counts as Unix time: in seconds up to the year 5138, beyond
 * that in milliseconds. Anything else stays to the letter: ISO 8601, nanoseconds included, and what is no date at all,
 * which is Astrolabe's to refuse, in its own words, rather than ours to guess at.
 *
 * @returns undefined where there is no date, or a blank one
 */
export function isoTimestamp(value: string | undefined): string | undefined {
  const text = value?.trim()
  if (!text) {
    return undefined
  }
  if (ISO_8601.test(text) || text.length > LONGEST) {
    return text
  }
  if (UNIX_TIME.test(text)) {
    return fromUnixTime(Number(text)) ?? text
  }
  if (WRITTEN_OUT.test(text)) {
    return fromUnixTime(Date.parse(text) / 1000) ?? text
  }
  return text.replace(SQL, (_sql, date: string, time: string, zone?: string) => `${date}T${time}${isoZone(zone)}`)
}

function fromUnixTime(time: number): string | undefined {
  const date = new Date(Math.abs(time) < 1e11 ? time * 1000 : time)
  const year = date.getUTCFullYear()
  return year >= 0 && year <= 9999 ? date.toISOString() : undefined
}

function isoZone(zone = 'Z'): string {
  return zone === 'UTC' ? 'Z' : zone.replace(/^[+-]\d{2}$/, '$&:00')
}
