/** As warehouses write it. A date without a zone is UTC, on every machine. */
const SQL = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(Z|UTC|[+-]\d{2}(?::?\d{2})?)?$/

/** RFC 9110, section 5.6.7: Wed, 31 Jan 2024 12:00:00 GMT */
const IMF_FIXDATE = /^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/** Date#toString: Wed Jan 31 2024 13:00:00 GMT+0100 (Central European Standard Time) */
const DATE_TO_STRING =
  /^(\w{3}) (\w{3}) (\d{2}) (\d{4} \d{2}:\d{2}:\d{2}) GMT([+-](?:0\d|1[0-4])[0-5]\d)(?: \([^()]+\))?$/

/** The number of digits of a Unix time tells its unit: seconds, milliseconds, microseconds or nanoseconds. */
const UNIX_TIME = /^(?:\d{9,14}(?:\.\d+)?|\d{15,20})$/

/** Digits that are just as well a date: 20240131120000, with or without seconds and milliseconds. */
const COMPACT_DATE =
  /^(?:19|20|21)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d(?:\d{3})?)?$/

/**
 * A date as ISO 8601 if it has exactly one meaning. Anything else is sent unchanged, so Astrolabe rejects it with its
 * own message.
 *
 * @returns undefined if there is no date, or a blank one
 */
export function isoTimestamp(value: string | undefined): string | undefined {
  const text = value?.trim()
  if (!text) {
    return undefined
  }
  // Already ISO 8601, like nearly every date from Segment: no other form has a T behind ten characters.
  if (text[10] === 'T') {
    return text
  }
  if (UNIX_TIME.test(text)) {
    return COMPACT_DATE.test(text) ? text : fromUnixTime(text)
  }
  if (IMF_FIXDATE.test(text)) {
    return fromImfFixdate(text) ?? text
  }
  const [, weekday, month, day, yearAndTime, offset] = DATE_TO_STRING.exec(text) ?? []
  if (offset) {
    const local = fromImfFixdate(`${weekday}, ${day} ${month} ${yearAndTime} GMT`)
    return local ? new Date(local.replace('Z', `${offset.slice(0, 3)}:${offset.slice(3)}`)).toISOString() : text
  }
  return text.replace(SQL, (_sql, date: string, time: string, zone?: string) => `${date}T${time}${isoZone(zone)}`)
}

/** All digits are kept, which a Date would round to milliseconds. */
function fromUnixTime(text: string): string {
  const [whole, fraction = ''] = text.split('.')
  const decimals = whole.length < 12 ? 0 : whole.length < 15 ? 3 : whole.length < 18 ? 6 : 9
  const seconds = whole.slice(0, whole.length - decimals)
  const subseconds = whole.slice(whole.length - decimals) + fraction
  return new Date(Number(seconds) * 1000).toISOString().replace('000Z', `${subseconds.padEnd(3, '0')}Z`)
}

/** Undefined unless the date reads back as it was written: 31 Feb or a wrong weekday has no meaning. */
function fromImfFixdate(text: string): string | undefined {
  const date = new Date(text)
  return date.toUTCString() === text ? date.toISOString() : undefined
}

function isoZone(zone = 'Z'): string {
  return zone === 'UTC' ? 'Z' : zone.replace(/^[+-]\d{2}$/, '$&:00')
}
