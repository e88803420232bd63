import { trimApiKey } from './api-key'
import { createReader, ESCAPE_STARTS } from './spelling'
import type { Reader } from './spelling'

/** A text such as JSON in a URL is encoded twice. */
const MAX_ENCODINGS = 2

const REPLACEMENT = '[API key]'

const BASE64_RUN = /[\w+/-]+={0,2}/g

/** Positions in a text; the second is not part of the range. */
type Range = [start: number, end: number]

/**
 * Replaces the API key wherever a text quotes it: as pasted, or encoded up to twice as base64 (the way it is sent) or
 * base64url, or with percent, JSON or HTML escapes for any of its characters.
 */
export function redactApiKey(text: string, apiKey: string): string {
  const key = trimApiKey(apiKey)
  if (key === '') {
    return text
  }
  let redacted = ''
  let end = 0
  for (const range of findKey(text, key, MAX_ENCODINGS).sort((one, other) => one[0] - other[0])) {
    if (range[0] >= end) {
      redacted += text.slice(end, range[0]) + REPLACEMENT
    }
    end = Math.max(end, range[1])
  }
  return redacted + text.slice(end)
}

function findKey(text: string, key: string, encodings: number): Range[] {
  const read = createReader(text)
  const spelled = findSpelled(text, read, key, encodings)
  if (encodings === 0) {
    return spelled
  }
  const encoded = base64Forms(key).flatMap((form) => findSpelled(text, read, form, encodings - 1))
  return [...spelled, ...encoded, ...findInBase64(text, key, encodings - 1)]
}

function findSpelled(text: string, read: Reader, secret: string, depth: number): Range[] {
  const ranges: Range[] = []
  const starts = ESCAPE_STARTS + secret[0]
  for (let start = 0; start < text.length; start++) {
    const end = starts.includes(text[start]) ? endOf(secret, read, start, depth) : -1
    if (end > start) {
      ranges.push([start, end])
      start = end - 1
    }
  }
  return ranges
}

/** The last position where a secret that starts at a position may end, or -1 if it does not start there. */
function endOf(secret: string, read: Reader, start: number, depth: number): number {
  let states = [{ index: 0, end: start }]
  let last = -1
  while (states.length > 0) {
    const next = new Map<string, { index: number; end: number }>()
    for (const { index, end } of states) {
      if (index === secret.length) {
        last = Math.max(last, end)
        continue
      }
      for (const reading of read(end, depth)) {
        if (secret.startsWith(reading.value, index)) {
          const state = { index: index + reading.value.length, end: reading.end }
          next.set(`${state.index} ${state.end}`, state)
        }
      }
    }
    states = [...next.values()]
  }
  return last
}

/** As sent, and without the colon; padding is optional. */
function base64Forms(key: string): string[] {
  return [`${key}:`, key].flatMap((credentials) => {
    const base64 = Buffer.from(credentials, 'utf8').toString('base64')
    const unpadded = base64.replace(/=+$/, '')
    return [base64, unpadded, unpadded.replace(/\+/g, '-').replace(/\//g, '_')]
  })
}

/** Runs of base64 that contain the key once decoded, whatever is around it. */
function findInBase64(text: string, key: string, encodings: number): Range[] {
  const minLength = (Buffer.byteLength(key) * 4) / 3
  const ranges: Range[] = []
  for (const match of text.matchAll(BASE64_RUN)) {
    const [run] = match
    const { index } = match
    if (run.length >= minLength && decodings(run).some((decoded) => findKey(decoded, key, encodings).length > 0)) {
      ranges.push([index, index + run.length])
    }
  }
  return ranges
}

/** Text in front of base64, such as the slash of a path, may look like a part of it. */
function decodings(run: string): string[] {
  return [0, 1, 2, 3].map((offset) => Buffer.from(run.slice(offset), 'base64').toString('utf8'))
}
