import type { SegmentEvent } from '@segment/actions-core'
import { forEachNumber } from './json-text'

/** Paths of IDs. Two people must not become one because JavaScript rounds their numbers alike. */
const IDS = ['userId', 'anonymousId', 'groupId', 'context.groupId', 'messageId']

/** All numbers of fewer characters and without an exponent are exact. */
const MIN_LENGTH = 16

/** A number that may not be exact. It also finds some in strings, which costs only time. */
const MAY_BE_INEXACT = /[:[,]\s*-?\d(?:[\d.]{15}|[\d.]*[eE])/

/** An exponent that may leave the range of JavaScript's numbers, at the end of a number. */
const HUGE_EXPONENT = /\d[eE][-+]?\d{3,}\s*[,}\]]/

/** Whether any number in JSON may be one that JavaScript can't hold. Takes a few percent of the time that parsing takes. */
export function mayBeInexact(json: Buffer): boolean {
  return hasLongNumber(json) || HUGE_EXPONENT.test(json.toString('latin1'))
}

/**
 * Gives an event's IDs the digits that stand in its JSON, as text, if they are numbers that JavaScript can't hold.
 *
 * @param event what `JSON.parse` made of it; it is changed
 * @returns the path of the first other number that JavaScript can't hold, if there is one
 */
export function restoreIds(event: SegmentEvent, json: string): string | undefined {
  if (!MAY_BE_INEXACT.test(json)) {
    return undefined
  }
  let other: string | undefined
  forEachNumber(json, (text, pathOf) => {
    if (!isExact(text)) {
      const path = pathOf()
      if (IDS.includes(path)) {
        restore(event, path.split('.'), text)
      } else {
        other ??= path
      }
    }
  })
  return other
}

/** Looks at each 16th byte only: one of them is in each number of so many characters, and so is one 8 bytes beside it. */
function hasLongNumber(json: Buffer): boolean {
  for (let at = MIN_LENGTH - 1; at < json.length; at += MIN_LENGTH) {
    if (isDigit(json[at]) && (isDigit(json[at - 8]) || (at + 8 < json.length && isDigit(json[at + 8])))) {
      let [start, end] = [at, at]
      while (start > 0 && isDigit(json[start - 1])) {
        start--
      }
      while (end < json.length && isDigit(json[end])) {
        end++
      }
      if (end - start >= MIN_LENGTH) {
        return true
      }
    }
  }
  return false
}

/** Or the point, or a slash, which is next to it. */
function isDigit(byte: number): boolean {
  return byte <= 0x39 && byte >= 0x2e
}

function restore(event: SegmentEvent, keys: string[], text: string): void {
  const parent = keys
    .slice(0, -1)
    .reduce<unknown>((value, key) => (value as Fields | null)?.[key], event) as Fields | null
  const key = keys[keys.length - 1]
  // Of a key that is there twice, the last counts, which may hold something else.
  if (parent?.[key] === Number(text)) {
    parent[key] = text
  }
}

type Fields = Record<string, unknown>

/** Whether JavaScript writes the number that it reads with the same value. */
function isExact(text: string): boolean {
  return (text.length < MIN_LENGTH && !/[eE]/.test(text)) || valueOf(text) === valueOf(String(Number(text)))
}

/** The digits without zeros around them, and the place of the point: the same for all spellings of a number. */
function valueOf(number: string): string {
  const [match, sign, whole, fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/.exec(number) ?? []
  if (match === undefined) {
    return number // Infinity
  }
  const digits = (whole + fraction).replace(/^0+/, '')
  const point = digits.length - fraction.length + Number(exponent)
  return digits === '' ? '0' : `${sign}${digits.replace(/0+$/, '')}e${point}`
}
