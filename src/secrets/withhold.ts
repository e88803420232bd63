import { decodeHTML } from 'entities/decode'

const QUOTES_KEY = '[withheld: it quotes the API key]'
const TOO_LARGE = '[withheld: it is too large to be checked for the API key]'

/** Characters. The worst text of this length takes about half a second. */
const MAX_CHECKED = 1024 * 1024

/** What one character of a secret becomes in two encodings, at most, as in `&amp;#x2f;`. */
const MAX_EXPANSION = 40

/** Spaces, control characters and those that only change how others look. A plus is a space in a form. */
const IGNORED = /[^!-\uffff]|[\s+\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f]/g

/** A number without a semicolon is taken as ASCII, because a digit behind it may belong to the text. */
const ENTITY = /&(?:#x0*(?:[\da-f]{1,6};|[\da-f]{2})|#0*(?:\d{1,7};|1[0-2]\d|\d\d)|\w{1,40};?)/gi

export type Withhold = (text: string, maxLength?: number) => string

/**
 * Makes a function that returns the first `maxLength` characters of a text, or `QUOTES_KEY` if a secret begins in them, in
 * any case and encoded up to twice, or `TOO_LARGE`.
 */
export function createWithhold(secrets: string[]): Withhold {
  const targets = secrets.flatMap(spellingsOf).map(fold)
  const shortest = Math.min(...secrets.map((secret) => Buffer.byteLength(secret)))
  const margin = MAX_EXPANSION * Math.max(0, ...secrets.map(({ length }) => length))
  return (text, maxLength = text.length) => {
    const checked = targets.length > 0 ? text.slice(0, maxLength + margin) : ''
    if (checked.length > MAX_CHECKED) {
      return TOO_LARGE
    }
    const once = decode([checked], shortest)
    const readings = [checked, ...once, ...decode(once, shortest)].map(fold)
    const isQuoted = readings.some((reading) => targets.some((target) => reading.includes(target)))
    return isQuoted ? QUOTES_KEY : text.slice(0, maxLength)
  }
}

/** Masks the credentials of an `Authorization` header, whatever they are, and keeps its scheme. */
export function maskCredentials(header: string): string {
  return header.replace(/^(\S+\s)?.*$/s, '$1[secret]')
}

/** Base64 in another case can't be decoded, but is still recognized. */
function spellingsOf(secret: string): string[] {
  const bytes = [secret, `${secret}:`].map((text) => Buffer.from(text))
  return [secret, bytes[0].toString('latin1'), ...bytes.map((text) => text.toString('base64').replace(/=+$/, ''))]
}

function fold(text: string): string {
  return text.replace(IGNORED, '').toUpperCase()
}

function decode(texts: string[], bytes: number): string[] {
  const decoders = [decodePercent, decodeJson, decodeEntities, (text: string) => decodeBase64(text, bytes)]
  return texts.flatMap((text) => decoders.map((decoder) => decoder(text)).filter((decoded) => decoded !== text))
}

function decodePercent(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString())
}

function decodeJson(text: string): string {
  return text.replace(/\\(u[\da-f]{4}|.)/gi, (escape) =>
    escape.length > 2 ? String.fromCharCode(parseInt(escape.slice(2), 16)) : escape[1]
  )
}

function decodeEntities(text: string): string {
  return text.replace(ENTITY, (entity) => decodeHTML(decodeHTML(entity) === entity ? entity.toLowerCase() : entity))
}

/** Joins lines first. Text in front of base64, such as the slash of a path, may look like a part of it. */
function decodeBase64(text: string, minBytes: number): string {
  const decodeFrom = (run: string) => (offset: number) => Buffer.from(run.slice(offset), 'base64').toString('latin1')
  return text
    .replace(/\s|\\[nr]/g, '')
    .replace(/[\w+/-]+/g, (run) => ((run.length * 3) / 4 < minBytes ? run : [0, 1, 2, 3].map(decodeFrom(run)).join()))
}
