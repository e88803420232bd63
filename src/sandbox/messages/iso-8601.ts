const DATE = String.raw`(?<year>\d{4}|[+-]\d{6})-(?<month>0[1-9]|1[0-2])-(?<day>0[1-9]|[12]\d|3[01])`
const TIME = String.raw`(?:[01]\d|2[0-3]):[0-5]\d(?::(?:[0-5]\d|60)(?:[.,]\d+)?)?`
const OFFSET = String.raw`Z|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?`
const ISO_8601 = new RegExp(`^${DATE}(?:T${TIME}(?:${OFFSET})?)?$`)

/**
 * Whether a string is a date, or a date and time, in ISO 8601's extended form with a calendar date, the one that
 * Segment uses. Fractions of a second have any length (Segment's nanoseconds), the offset may be left out, and years
 * past 9999 have a sign and six digits, as `Date.prototype.toISOString` writes them.
 */
export function isIso8601(text: string): boolean {
  const date = ISO_8601.exec(text)?.groups
  return date !== undefined && Number(date.day) <= daysInMonth(Number(date.year), Number(date.month))
}

function daysInMonth(year: number, month: number): number {
  // The calendar repeats every 400 years, and `Date.UTC` reads years below 100 as 19xx.
  return new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()
}
