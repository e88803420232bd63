const NUMBER = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** `12403118` as `12,403,118`. */
export function formatNumber(number: number): string {
  return NUMBER.format(number)
}

/** `1 event`, `12,403,118 events`. */
export function formatCount(count: number, noun: string): string {
  return `${formatNumber(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** Milliseconds as `45 s`, `3 min 20 s`, `2 h 10 min` or `3 d 4 h`. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  const units: [number, string, number, string][] = [
    [86_400, 'd', 3600, 'h'],
    [3600, 'h', 60, 'min'],
    [60, 'min', 1, 's']
  ]
  const unit = units.find(([size]) => seconds >= size)
  if (!unit) {
    return `${seconds} s`
  }
  const [size, name, smaller, smallerName] = unit
  const rest = Math.floor((seconds % size) / smaller)
  return `${Math.floor(seconds / size)} ${name}${rest > 0 ? ` ${rest} ${smallerName}` : ''}`
}

/** `90s`, `30min`, `2h`, `1d` or `0` in milliseconds, also with a blank; undefined for any other text. */
export function parseDuration(text: string): number | undefined {
  const [, number, unit] = /^(\d+) ?(s|min|m|h|d)$/.exec(text) ?? []
  const seconds = { s: 1, min: 60, m: 60, h: 3600, d: 86_400 }[unit]
  return text === '0' ? 0 : seconds && Number(number) * seconds * 1000
}

/** A text of at most `width` columns: longer ones end in `…`. Characters count as one column each. */
export function truncate(text: string, width: number): string {
  const characters = Array.from(text)
  return characters.length <= width ? text : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`
}
